import type { FileName } from '@cccd/emrtd'
import type { CardChannel } from '@cccd/iso7816'
import type { CardImage } from '@cccd/simulator'
import { type BlockHabit, LiteralReader } from './literalReader.js'
import type { FilesRead, ReadStrategy, Wanted } from './ReadStrategy.js'

/** Where a strategy differs from the others. */
interface Habits extends BlockHabit {
  readonly name: string
  /** SELECT of the master file before EF.CardAccess. */
  readonly selectsMaster: boolean
  /** SELECT of EF.DIR, which the Vietnamese card has not. */
  readonly looksForDirectory: boolean
  /** The files that are read whatever was asked for, in their order. */
  readonly first: readonly FileName[]
  /** Chip Authentication as soon as DG14 is there, or after all files. */
  readonly chipAuthentication: 'at once' | 'last'
}

function strategy(habits: Habits): ReadStrategy {
  return { name: habits.name, read: (channel, card, wanted) => readLike(habits, channel, card, wanted) }
}

async function readLike(habits: Habits, channel: CardChannel, card: CardImage, wanted: Wanted): Promise<FilesRead> {
  const reader = new LiteralReader(channel)
  if (habits.selectsMaster) await reader.selectMaster()
  await reader.pace(await reader.readFile('CardAccess', habits), card)
  await reader.selectApplication()
  if (habits.looksForDirectory) await reader.select(0x2f00)
  const read: FilesRead = {}
  const early = habits.chipAuthentication === 'at once' && wanted.chipAuthentication ? (['DG14'] as const) : []
  for (const name of new Set([...early, ...habits.first, ...wanted.files])) {
    const bytes = await reader.readFile(name, habits)
    read[name] = bytes
    if (name === 'DG14' && early.length > 0) await reader.chipAuthentication(bytes)
  }
  const { DG14 } = read
  if (wanted.chipAuthentication && early.length === 0 && DG14 !== undefined) await reader.chipAuthentication(DG14)
  if (wanted.activeAuthentication) await reader.activeAuthentication()
  return read
}

/** JMRTD: SELECT, eight bytes ahead for the length, 223 a block; 2,048 where extended length is switched on. EF.COM, then the SOD. */
export function jmrtd(extended: boolean): ReadStrategy {
  return strategy({
    name: extended ? 'JMRTD (2,048, SELECT)' : 'JMRTD (223, SELECT)',
    header: 8,
    block: extended ? 2_048 : 223,
    selectsMaster: false,
    looksForDirectory: false,
    first: ['COM', 'SOD'],
    chipAuthentication: 'at once',
  })
}

/**
 * gmrtd: master file, SELECT, four bytes for the length, 256 a block of which a chip gives what fits, 192 once a chip refused. EF.DIR,
 * the SOD and EF.COM before the data groups, Chip Authentication after them.
 */
export function gmrtd(): ReadStrategy {
  return strategy({
    name: 'gmrtd (256 → 192, SELECT)',
    header: 4,
    block: 256,
    fallback: 192,
    selectsMaster: true,
    looksForDirectory: true,
    first: ['SOD', 'COM'],
    chipAuthentication: 'last',
  })
}

/** NFCPassportReader: master file, SELECT, four bytes for the length, 160 a block. EF.COM, DG14 with Chip Authentication, the SOD. */
export function nfcPassportReader(): ReadStrategy {
  return strategy({
    name: 'NFCPassportReader (160)',
    header: 4,
    block: 160,
    selectsMaster: true,
    looksForDirectory: false,
    first: ['COM', 'SOD'],
    chipAuthentication: 'at once',
  })
}
