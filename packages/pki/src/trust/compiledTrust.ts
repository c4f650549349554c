import { concatBytes, copyBytes, decodeUtf8, encodeUtf8, equalBytes, isCccdError } from '@cccd/core'
import { type CryptoPort, loadCrypto } from '@cccd/crypto'
import { PkiError } from '../errors.js'
import type { AnchorScope, DocumentKind } from './anchorScope.js'
import { CertificateIndex } from './CertificateIndex.js'
import { StoredCertificate } from './StoredCertificate.js'
import { TrustAnchor } from './TrustAnchor.js'
import type { TrustSource } from './TrustSource.js'
import { TrustStore, type TrustStoreParts } from './TrustStore.js'
import type { MasterListResult } from './verifyMasterList.js'

// docs/trust-store-format.md: magic, version, SHA-256 of the rest, length of the header, header (JSON), anchors, other certificates.

const magic = /* @__PURE__ */ encodeUtf8('CCCDTRST')
const version = 2
const digestAt = 9
const headerLengthAt = 41
const headerAt = 45
const maxLength = 256 * 1024 * 1024
const maxCertificates = 100_000

/** What stands of one certificate in the header; its bytes follow in the same order. */
interface Row {
  readonly length: number
  readonly sources: readonly number[]
}

interface AnchorRow extends Row {
  readonly scopes: readonly AnchorScope[]
}

interface Header {
  readonly sources: readonly TrustSource[]
  readonly masterLists: readonly MasterListResult[]
  readonly anchors: readonly AnchorRow[]
  readonly certificates: readonly Row[]
}

/**
 * A trust store as one file that loads in milliseconds: its anchors with their scopes, the certificates that nobody vouches for, where all came
 * from and when that was loaded, and what became of the signatures of the master lists. Pins stay in their own file, so that one withdrawn there is withdrawn everywhere. The file is no trust
 * decision: its digest finds damage, not malice; guard it as you guard the program.
 *
 * @example
 * await writeFile('trust.cccd', compileTrustStore(await createTrustStore(await loadTrustMaterial(paths))))
 */
export function compileTrustStore(trust: TrustStore): Uint8Array {
  const positions = new Map(trust.sources.map(({ name }, position) => [name, position]))
  const rowOf = ({ raw, sources }: StoredCertificate): Row => ({
    length: raw.length,
    sources: sources.flatMap((source) => positions.get(source) ?? []),
  })
  const { anchors, certificates, sources, masterLists } = trust
  const header = encodeUtf8(
    JSON.stringify({
      sources,
      masterLists,
      anchors: anchors.map((anchor) => ({ ...rowOf(anchor), scopes: anchor.givenScopes })),
      certificates: certificates.map(rowOf),
    } satisfies Header),
  )
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, header.length)
  const body = concatBytes(length, header, ...[...anchors, ...certificates].map(({ raw }) => raw))
  return concatBytes(magic, Uint8Array.of(version), trust.crypto.hash('sha256', body), body)
}

/** Whether bytes begin as {@link compileTrustStore} begins. */
export function isCompiledTrustStore(bytes: Uint8Array): boolean {
  return bytes.length > headerAt && equalBytes(bytes.subarray(0, magic.length), magic)
}

export interface LoadTrustStoreOptions {
  readonly crypto?: CryptoPort
  /** As of `createTrustStore`: the file cannot say it for the operator. */
  readonly allowDemo?: boolean
}

/**
 * The store of a file that {@link compileTrustStore} made. The bytes are copied, and certificates stay undecoded until one is needed.
 * Its digest is that of the store that was compiled without its pins.
 *
 * @throws PkiError `PKI_BAD_TRUST_STORE`, `PKI_DEMO_REFUSED`
 * @example
 * const trust = await loadTrustStore(new Uint8Array(await readFile('trust.cccd')))
 */
export async function loadTrustStore(bytes: Uint8Array, options: LoadTrustStoreOptions = {}): Promise<TrustStore> {
  const crypto = options.crypto ?? (await loadCrypto())
  const allowDemo = options.allowDemo === true
  const parts = readCompiled(copyBytes(bytes, 'bytes'), crypto)
  if (!allowDemo && parts.index.all.some(({ isDemo }) => isDemo))
    throw new PkiError('PKI_DEMO_REFUSED', 'DEMO certificates are no anchors of this store')
  return new TrustStore({ ...parts, pins: [], findings: [], crypto, allowDemo })
}

/** What a compiled store holds. */
export type CompiledTrust = Pick<TrustStoreParts, 'index' | 'others' | 'masterLists' | 'sources'>

/** The parts of a compiled store. @throws PkiError `PKI_BAD_TRUST_STORE` */
export function readCompiled(bytes: Uint8Array, crypto: CryptoPort): CompiledTrust {
  if (!isCompiledTrustStore(bytes) || bytes.length > maxLength) throw bad('not a compiled trust store')
  const found = bytes[magic.length] as number
  if (found !== version)
    throw new PkiError('PKI_BAD_TRUST_STORE', 'compiled trust store is of another version', {
      params: { version: found, supported: version },
    })
  const body = bytes.subarray(headerLengthAt)
  if (!equalBytes(crypto.hash('sha256', body), bytes.subarray(digestAt, headerLengthAt)))
    throw bad('compiled trust store is damaged')
  const headerLength = new DataView(bytes.buffer, bytes.byteOffset).getUint32(headerLengthAt)
  const { sources, anchors, certificates, masterLists } = readHeader(bytes.subarray(headerAt, headerAt + headerLength))
  const index = new CertificateIndex((raw, isDemo) => new TrustAnchor(raw, isDemo))
  const others = new CertificateIndex((raw, isDemo) => new StoredCertificate(raw, isDemo))
  let at = headerAt + headerLength
  const take = <Kept extends StoredCertificate>(into: CertificateIndex<Kept>, row: Row): Kept => {
    if (!Number.isInteger(row.length) || row.length <= 0 || at + row.length > bytes.length) throw bad('certificate is cut')
    const kept = addTo(into, bytes.subarray(at, at + row.length))
    for (const source of row.sources) kept.addSource(sources[source]?.name)
    at += row.length
    return kept
  }
  for (const row of anchors) {
    const anchor = take(index, row)
    for (const scope of row.scopes) anchor.addScope(readScope(scope))
  }
  for (const row of certificates) take(others, row)
  if (at !== bytes.length) throw bad('bytes after the last certificate')
  return { index, others, masterLists, sources }
}

function addTo<Kept extends StoredCertificate>(index: CertificateIndex<Kept>, raw: Uint8Array): Kept {
  try {
    return index.add(raw)
  } catch (cause) {
    if (isCccdError(cause)) throw new PkiError('PKI_BAD_TRUST_STORE', 'certificate is malformed', { cause })
    throw cause
  }
}

/** The digest says that the header is what was compiled; its shape is looked at all the same. */
function readHeader(bytes: Uint8Array): Header {
  let value: unknown
  try {
    value = JSON.parse(decodeUtf8(bytes))
  } catch (cause) {
    throw new PkiError('PKI_BAD_TRUST_STORE', 'header is not JSON', { cause })
  }
  if (!isHeader(value) || value.anchors.length + value.certificates.length > maxCertificates) throw bad('header is malformed')
  return value
}

function isHeader(value: unknown): value is Header {
  if (typeof value !== 'object' || value === null) return false
  if (!('sources' in value && 'masterLists' in value && 'anchors' in value && 'certificates' in value)) return false
  const { sources, masterLists, anchors, certificates } = value
  return (
    Array.isArray(sources) &&
    sources.every(isSource) &&
    Array.isArray(masterLists) &&
    masterLists.every((list) => typeof list === 'object' && list !== null && 'status' in list && 'certificates' in list) &&
    Array.isArray(anchors) &&
    anchors.every((row) => isRow(row) && 'scopes' in row && Array.isArray(row.scopes)) &&
    Array.isArray(certificates) &&
    certificates.every(isRow)
  )
}

function isSource(source: unknown): source is TrustSource {
  if (typeof source !== 'object' || source === null || !('name' in source) || typeof source.name !== 'string') return false
  const times = ['loadedAt' in source ? source.loadedAt : undefined, 'signedAt' in source ? source.signedAt : undefined]
  return times.every((time) => time === undefined || (typeof time === 'string' && !Number.isNaN(Date.parse(time))))
}

function isRow(row: unknown): row is Row {
  if (typeof row !== 'object' || row === null || !('length' in row && 'sources' in row)) return false
  return typeof row.length === 'number' && Array.isArray(row.sources)
}

const kinds: readonly DocumentKind[] = ['passport', 'identity-card', 'visa']

/** A scope that is not understood must not become none. */
function readScope(scope: AnchorScope): AnchorScope {
  const documents = [scope?.documents].flat()
  if (!documents.every((kind) => kinds.includes(kind))) throw bad('scope of no known kind')
  return { documents }
}

function bad(message: string): PkiError {
  return new PkiError('PKI_BAD_TRUST_STORE', message)
}
