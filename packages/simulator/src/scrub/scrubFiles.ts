import {
  CccdError,
  decodeUtf8,
  encodeUtf8,
  equalBytes,
  expectTag,
  parseTlv,
  readOctetString,
  readOid,
  readSmallInteger,
  type TlvNode,
} from '@cccd/core'
import type { PrivateKeySpec } from '@cccd/crypto'
import { dataGroupName } from '@cccd/emrtd'
import { hashAlgorithmByOid } from '@cccd/pki'
import type { Person } from './learnPerson.js'
import type { ScrubTools } from './scrubCertificate.js'
import type { ImageOptions } from './scrubImage.js'
import { scrubMrz } from './scrubMrz.js'
import { scrubRefused } from './scrubRefused.js'
import { scrubSecurityInfos } from './scrubSecurityInfos.js'
import { scrubSignedData } from './scrubSignedData.js'
import { blank, scrubTemplate } from './scrubTemplate.js'
import { scrubTree } from './scrubTree.js'
import type { TracedFile, TracedName } from './TracedFiles.js'

/** The files of a trace after their scrub. */
export interface ScrubbedFiles {
  /** Of the same lengths as those that were read. */
  readonly files: ReadonlyMap<TracedName, Uint8Array>
  /** Files of which nothing but the length is left: they were not read to their end, or are not well-formed. */
  readonly blanked: readonly TracedName[]
  /** Of DG15. */
  readonly activeAuthentication?: PrivateKeySpec
}

/** What one file becomes: overwritten in place; false when it has to be blanked. */
type Scrub = (bytes: Uint8Array) => boolean | Promise<boolean>

/** Public, or the same for every chip of a kind. */
const keptFiles: readonly TracedName[] = ['COM', 'CardAccess', 'EF.DIR']
/** Signatures and hashes cover the others: these come last. */
const lastFiles: readonly TracedName[] = ['CardSecurity', 'SOD']

/** Other files in the place of those that a trace holds, signed again; see `scrub`. */
export async function scrubFiles(
  traced: ReadonlyMap<TracedName, TracedFile>,
  person: Person,
  tools: ScrubTools,
  images: ImageOptions,
): Promise<ScrubbedFiles> {
  const files = new Map<TracedName, Uint8Array>()
  const blanked: TracedName[] = []
  let activeAuthentication: PrivateKeySpec | undefined

  const scrubs: Readonly<Record<string, Scrub>> = {
    DG1: (bytes) => scrubDg1(bytes, person, tools),
    DG14: async (bytes) => {
      await scrubSecurityInfos(parseTlv(bytes).value, tools)
      return true
    },
    DG15: async (bytes) => {
      activeAuthentication = await tools.keys.replace(parseTlv(bytes).value)
      return true
    },
    CardSecurity: async (bytes) => {
      await scrubSignedData(bytes, (content) => afterwards(content, scrubSecurityInfos(content, tools)), tools)
      return true
    },
    SOD: async (bytes) => {
      const hashes = (content: Uint8Array): Uint8Array => scrubHashes(content, traced, files, tools)
      await scrubSignedData(parseTlv(bytes).value, hashes, tools)
      return true
    },
    'EF.ATR': scrubAtrInfo,
  }
  const names = [...traced.keys()].sort((a, b) => lastFiles.indexOf(a) - lastFiles.indexOf(b))
  for (const name of names) {
    const file = traced.get(name) as TracedFile
    const padded = new Uint8Array(file.bytes.length)
    const content = file.bytes.slice(0, file.length)
    const scrub = scrubs[name] ?? ((bytes: Uint8Array) => scrubTemplate(bytes, tools, images))
    const isKept = keptFiles.includes(name)
    const isDone = isKept || (file.complete && (await attempt(scrub, content)))
    if (!isDone) blanked.push(name)
    padded.set(isDone ? content : blank(file.bytes.subarray(0, file.length)))
    files.set(name, padded)
  }
  return { files, blanked, ...(activeAuthentication && { activeAuthentication }) }
}

/** A file that no parser understands is not well-formed; what must not be half done is refused. */
async function attempt(scrub: Scrub, bytes: Uint8Array): Promise<boolean> {
  try {
    return await scrub(bytes)
  } catch (error) {
    if (!CccdError.is(error) || error.code === 'SIMULATOR_SCRUB_REFUSED') throw error
    return false
  }
}

async function afterwards(content: Uint8Array, done: Promise<void>): Promise<Uint8Array> {
  await done
  return content
}

function scrubDg1(bytes: Uint8Array, { fullName }: Person, { disguise }: ScrubTools): boolean {
  let isDone = false
  scrubTree(bytes, ({ tag, value }) => {
    if (tag !== 0x5f1f) return false
    const zone = value.every((byte) => byte < 0x80) ? scrubMrz(decodeUtf8(value), disguise, fullName) : undefined
    if (zone !== undefined) value.set(encodeUtf8(zone))
    isDone = zone !== undefined
    return true
  })
  return isDone
}

/** What a chip can do stays (DO 43, 47, 7F66); who made it and when does not (Doc 9303-10, 3.11.2). */
function scrubAtrInfo(bytes: Uint8Array): boolean {
  for (const node of parseAll(bytes)) if (![0x43, 0x47, 0x7f66].includes(node.tag)) node.value.fill(0)
  return true
}

function parseAll(bytes: Uint8Array): readonly TlvNode[] {
  const out: TlvNode[] = []
  for (let rest = bytes; rest.length > 0; ) {
    const node = parseTlv(rest, { allowTrailing: true })
    out.push(node)
    rest = rest.subarray(node.end)
  }
  return out
}

/**
 * LDSSecurityObject ::= SEQUENCE { version, hashAlgorithm, SEQUENCE OF SEQUENCE { INTEGER, OCTET STRING }, … } (Doc 9303-10, D.1): the
 * hashes of the new files; random ones for files that nobody read and for those whose hash was wrong before.
 */
function scrubHashes(
  content: Uint8Array,
  traced: ReadonlyMap<TracedName, TracedFile>,
  files: ReadonlyMap<TracedName, Uint8Array>,
  { crypto, random }: ScrubTools,
): Uint8Array {
  const [, algorithm, list] = parseTlv(content, { tag: 0x30 }).children()
  const hash = hashAlgorithmByOid(readOid(expectTag(algorithm, 0x30).children()[0]))
  if (hash === undefined) throw scrubRefused('unsupported', { step: 'security-object' })
  for (const entry of expectTag(list, 0x30).children()) {
    const [number, value] = entry.children()
    const before = readOctetString(value)
    const name = dataGroupName(Math.min(16, Math.max(1, readSmallInteger(number))))
    const file = traced.get(name)
    const isRight = file?.complete === true && equalBytes(crypto.hash(hash, file.bytes.subarray(0, file.length)), before)
    const after = isRight ? crypto.hash(hash, (files.get(name) as Uint8Array).subarray(0, file.length)) : random(before.length)
    before.set(after)
  }
  return content
}
