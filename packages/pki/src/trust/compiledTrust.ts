import { concatBytes, decodeUtf8, encodeUtf8, equalBytes, isCccdError } from '@cccd/core'
import { type CryptoPort, loadCrypto } from '@cccd/crypto'
import { PkiError } from '../errors.js'
import { AnchorIndex } from './AnchorIndex.js'
import type { AnchorScope, DocumentKind } from './anchorScope.js'
import { TrustStore } from './TrustStore.js'
import type { MasterListResult } from './verifyMasterList.js'

// docs/trust-store-format.md: magic, version, SHA-256 of the rest, length of the header, header (JSON), certificates.

const magic = /* @__PURE__ */ encodeUtf8('CCCDTRST')
const version = 1
const digestAt = 9
const headerLengthAt = 41
const headerAt = 45
const maxLength = 256 * 1024 * 1024
const maxCertificates = 100_000

/** What stands of one certificate in the header; its bytes follow in the same order. */
interface Row {
  readonly length: number
  readonly sources: readonly number[]
  readonly scopes: readonly AnchorScope[]
}

interface Header {
  readonly sources: readonly string[]
  readonly masterLists: readonly MasterListResult[]
  readonly certificates: readonly Row[]
}

/**
 * A trust store as one file that loads in milliseconds: its certificates, where they came from, their scopes, and what became of the
 * signatures of the master lists. Pins stay in their own file, so that one withdrawn there is withdrawn everywhere. The file is no trust
 * decision: its digest finds damage, not malice; guard it as you guard the program.
 *
 * @example
 * await writeFile('trust.cccd', compileTrustStore(await createTrustStore(await loadTrustMaterial(paths))))
 */
export function compileTrustStore(trust: TrustStore): Uint8Array {
  const sources: string[] = []
  const positions = new Map<string, number>()
  const positionOf = (source: string): number => {
    const known = positions.get(source)
    if (known !== undefined) return known
    positions.set(source, sources.length)
    return sources.push(source) - 1
  }
  const certificates = trust.anchors.map((anchor) => ({
    length: anchor.raw.length,
    sources: anchor.sources.map(positionOf),
    scopes: anchor.givenScopes,
  }))
  const header = encodeUtf8(JSON.stringify({ sources, masterLists: trust.masterLists, certificates } satisfies Header))
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, header.length)
  const body = concatBytes(length, header, ...trust.anchors.map(({ raw }) => raw))
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
 * The store of a file that {@link compileTrustStore} made. Certificates are slices of `bytes` and stay undecoded until one is needed; do not
 * change the bytes afterwards. Its digest is that of the store that was compiled without its pins.
 *
 * @throws PkiError `PKI_BAD_TRUST_STORE`, `PKI_DEMO_REFUSED`
 * @example
 * const trust = await loadTrustStore(new Uint8Array(await readFile('trust.cccd')))
 */
export async function loadTrustStore(bytes: Uint8Array, options: LoadTrustStoreOptions = {}): Promise<TrustStore> {
  const crypto = options.crypto ?? (await loadCrypto())
  const { allowDemo = false } = options
  const { index, masterLists } = readCompiled(bytes, crypto)
  if (!allowDemo && index.anchors.some(({ isDemo }) => isDemo))
    throw new PkiError('PKI_DEMO_REFUSED', 'DEMO certificates are no anchors of this store')
  return new TrustStore({ index, masterLists, pins: [], findings: [], crypto, allowDemo })
}

/** The anchors of a compiled store. @throws PkiError `PKI_BAD_TRUST_STORE` */
export function readCompiled(
  bytes: Uint8Array,
  crypto: CryptoPort,
): { readonly index: AnchorIndex; readonly masterLists: readonly MasterListResult[] } {
  if (!isCompiledTrustStore(bytes) || bytes.length > maxLength) throw bad('not a compiled trust store')
  if (bytes[magic.length] !== version) throw bad('compiled trust store is of another version')
  const body = bytes.subarray(headerLengthAt)
  if (!equalBytes(crypto.hash('sha256', body), bytes.subarray(digestAt, headerLengthAt)))
    throw bad('compiled trust store is damaged')
  const headerLength = new DataView(bytes.buffer, bytes.byteOffset).getUint32(headerLengthAt)
  const { sources, certificates, masterLists } = readHeader(bytes.subarray(headerAt, headerAt + headerLength))
  const index = new AnchorIndex()
  let at = headerAt + headerLength
  for (const row of certificates) {
    if (!Number.isInteger(row.length) || row.length <= 0 || at + row.length > bytes.length) throw bad('certificate is cut')
    const anchor = addTo(index, bytes.subarray(at, at + row.length))
    for (const source of row.sources) anchor.addSource(sources[source], undefined)
    for (const scope of row.scopes) anchor.addSource(undefined, readScope(scope))
    at += row.length
  }
  if (at !== bytes.length) throw bad('bytes after the last certificate')
  return { index, masterLists }
}

function addTo(index: AnchorIndex, raw: Uint8Array): ReturnType<AnchorIndex['add']> {
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
  if (!isHeader(value) || value.certificates.length > maxCertificates) throw bad('header is malformed')
  return value
}

function isHeader(value: unknown): value is Header {
  if (typeof value !== 'object' || value === null) return false
  if (!('sources' in value && 'masterLists' in value && 'certificates' in value)) return false
  const { sources, masterLists, certificates } = value
  return (
    Array.isArray(sources) &&
    sources.every((source) => typeof source === 'string') &&
    Array.isArray(masterLists) &&
    masterLists.every((list) => typeof list === 'object' && list !== null && 'status' in list && 'certificates' in list) &&
    Array.isArray(certificates) &&
    certificates.every(isRow)
  )
}

function isRow(row: unknown): row is Row {
  if (typeof row !== 'object' || row === null || !('length' in row && 'sources' in row && 'scopes' in row)) return false
  return typeof row.length === 'number' && Array.isArray(row.sources) && Array.isArray(row.scopes)
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
