import { type CardChannel, type CommandApdu, send } from '@cccd/iso7816'
import type { Facts } from './Facts.js'
import { statusWordText } from './statusWordText.js'

/** eMRTD application of Doc 9303-10, 3.11.1. */
const application = Uint8Array.of(0xa0, 0x00, 0x00, 0x02, 0x47, 0x10, 0x01)

const selectFile = (p1: number, ...file: number[]): CommandApdu => ({
  cla: 0,
  ins: 0xa4,
  p1,
  p2: 0x0c,
  data: Uint8Array.from(file),
})

const beforeReading: Readonly<Record<string, CommandApdu>> = {
  'SELECT master file': selectFile(0x00, 0x3f, 0x00),
  'SELECT EF.CardAccess': selectFile(0x02, 0x01, 0x1c),
  'SELECT EF.ATR/INFO': selectFile(0x02, 0x2f, 0x01),
}

const afterReading: Readonly<Record<string, CommandApdu>> = {
  'SELECT application': { cla: 0, ins: 0xa4, p1: 0x04, p2: 0x0c, data: application },
  'SELECT EF.CardAccess in application': selectFile(0x02, 0x01, 0x1c),
  'GET CHALLENGE (BAC)': { cla: 0, ins: 0x84, p1: 0, p2: 0, le: 8 },
  'READ BINARY DG1 unprotected': { cla: 0, ins: 0xb0, p1: 0x81, p2: 0, le: 4 },
}

/** What the chip says to commands in clear, before it is opened: this is where real chips differ most. */
export function probeBeforeReading(channel: CardChannel): Promise<Facts> {
  return probe(channel, beforeReading)
}

/** The same after reading, when nothing can be spoilt: these end the secure channel. */
export function probeAfterReading(channel: CardChannel): Promise<Facts> {
  return probe(channel, afterReading)
}

async function probe(channel: CardChannel, commands: Readonly<Record<string, CommandApdu>>): Promise<Facts> {
  const facts: Record<string, string> = {}
  for (const [name, command] of Object.entries(commands)) {
    const { sw } = await send(channel, command, { step: 'probe', accept: () => true })
    facts[name] = statusWordText(sw)
  }
  return facts
}
