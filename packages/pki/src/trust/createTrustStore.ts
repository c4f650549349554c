import { copyBytes, type Finding } from '@cccd/core'
import { type CryptoPort, loadCrypto } from '@cccd/crypto'
import { Certificate } from '../certificate/Certificate.js'
import { PkiError } from '../errors.js'
import type { AnchorScope } from './anchorScope.js'
import { CertificateIndex } from './CertificateIndex.js'
import { parseMasterList } from './parseMasterList.js'
import { type PinInput, readPin } from './pins.js'
import { StoredCertificate } from './StoredCertificate.js'
import { TrustAnchor } from './TrustAnchor.js'
import { mergeSources, type TrustSource } from './TrustSource.js'
import { TrustStore } from './TrustStore.js'
import { type MasterListResult, verifyMasterList } from './verifyMasterList.js'

/** A certificate and where it came from. */
export interface CertificateInput {
  /** DER. */
  readonly certificate: Uint8Array
  /** Where it came from, for reports. */
  readonly source?: string
}

/** A country CA that the operator trusts. */
export interface AnchorInput extends CertificateInput {
  readonly scope?: AnchorScope
}

/** A CSCA master list (CMS); every certificate in it becomes an anchor once its signature is verified. */
export interface MasterListInput {
  readonly bytes: Uint8Array
  readonly source?: string
  /** The CSCA (DER) that must have issued the list's signer. Without it one of the anchors or of the list's own will do. */
  readonly anchor?: Uint8Array
  readonly scope?: AnchorScope
}

/** What `loadTrustMaterial` of `@cccd/pki/node` gives and what a store is made of. */
export interface TrustMaterial {
  readonly anchors?: readonly AnchorInput[]
  readonly masterLists?: readonly MasterListInput[]
  readonly pins?: readonly PinInput[]
  /**
   * Certificates that nobody vouches for: links of country CAs and document signers of files that nobody signed. They make no anchors. A
   * link counts once an anchor's key signed it; a document signer is found for a security object that does not carry its own.
   */
  readonly certificates?: readonly CertificateInput[]
  /** What became of master lists whose certificates stand in `anchors`, e.g. those of a compiled store. For reports; nothing is trusted for it. */
  readonly verifiedLists?: readonly MasterListResult[]
  /** When sources were loaded. */
  readonly sources?: readonly TrustSource[]
  /** Revocation lists (DER) that stood beside the certificates. The store does not look at them: hand them on as `revocation`. */
  readonly revocationLists?: readonly KeptMaterial[]
  /** Deviation lists (CMS) that stood beside the certificates. */
  readonly deviationLists?: readonly KeptMaterial[]
}

/** Bytes that were found beside trust material, and where. */
export interface KeptMaterial {
  readonly bytes: Uint8Array
  readonly source: string
}

export interface CreateTrustStoreOptions extends TrustMaterial {
  readonly crypto?: CryptoPort
  /** Takes DEMO certificates. For tests and demonstrations only: their private keys belong to nobody. */
  readonly allowDemo?: boolean
}

/**
 * A trust store from single certificates, master lists, pinned signers and certificates that nobody vouches for, merged without duplicates.
 * Certificates stay bytes until one is needed; only their key identifiers are read. A certificate that cannot be read is left out, with a
 * finding, unless it was given as an anchor. All bytes are copied: who writes into them afterwards changes nothing.
 *
 * @throws PkiError `PKI_BAD_CERTIFICATE` for an anchor, `PKI_BAD_SIGNED_DATA` or `PKI_BAD_MASTER_LIST` for a list that cannot be
 * read, `PKI_MASTER_LIST_REFUSED` for one whose signature did not pass, `PKI_DEMO_REFUSED` for DEMO anchors in a store that
 * does not allow them, `PKI_BAD_PIN`
 * @example
 * const trust = await createTrustStore({ masterLists: [{ bytes, source: 'DE_ML.ml', anchor: root }] })
 * trust.size // 588
 */
export async function createTrustStore(options: CreateTrustStoreOptions = {}): Promise<TrustStore> {
  const crypto = options.crypto ?? (await loadCrypto())
  // Nothing but true: a configuration may say 'false'.
  const allowDemo = options.allowDemo === true
  const index = new CertificateIndex((raw, isDemo) => new TrustAnchor(raw, isDemo))
  const findings: Finding[] = []
  for (const { certificate, source, scope } of options.anchors ?? [])
    addAnchor(index, copyBytes(certificate, 'certificate'), source, scope)
  const given = index.all.map(({ certificate }) => certificate)
  const masterLists: MasterListResult[] = [...(options.verifiedLists ?? [])]
  for (const input of options.masterLists ?? []) masterLists.push(await addMasterList(input, given, index, findings, crypto))
  if (!allowDemo && index.all.some(({ isDemo }) => isDemo))
    throw new PkiError('PKI_DEMO_REFUSED', 'DEMO certificates are no anchors of this store')
  const others = new CertificateIndex((raw, isDemo) => new StoredCertificate(raw, isDemo))
  options.certificates?.forEach(({ certificate, source }, position) => {
    // What is an anchor by somebody's word needs no help, and a source that nobody vouches for adds nothing to that word.
    if (index.find(certificate) !== undefined) return
    keeping(findings, source ?? 'certificates', position, () =>
      others.add(copyBytes(certificate, 'certificate')).addSource(source),
    )
  })
  const named = [...index.all, ...others.all].flatMap(({ sources }) => sources)
  const sources = mergeSources(options.sources ?? [], masterLists, named)
  const pins = (options.pins ?? []).map((pin) => readPin(pin, crypto))
  return new TrustStore({ index, others, pins, masterLists, sources, findings, crypto, allowDemo })
}

function addAnchor(
  index: CertificateIndex<TrustAnchor>,
  raw: Uint8Array,
  source: string | undefined,
  scope: AnchorScope | undefined,
): void {
  const anchor = index.add(raw)
  anchor.addSource(source)
  anchor.addScope(scope)
}

async function addMasterList(
  input: MasterListInput,
  given: readonly Certificate[],
  index: CertificateIndex<TrustAnchor>,
  findings: Finding[],
  crypto: CryptoPort,
): Promise<MasterListResult> {
  const { bytes, source, anchor, scope } = input
  const list = parseMasterList(copyBytes(bytes, 'bytes'))
  const anchors = anchor === undefined ? given : [new Certificate(anchor)]
  const result = await verifyMasterList(list, { anchors, crypto, ...(source !== undefined && { source }) })
  if (result.status !== 'passed' || (anchor !== undefined && result.anchoredBy !== 'anchor'))
    throw new PkiError('PKI_MASTER_LIST_REFUSED', 'signature of the master list did not pass', {
      params: { status: result.status, reason: result.reason ?? 'signer-not-issued' },
    })
  list.certificates.forEach((raw, position) => {
    keeping(findings, source ?? 'master list', position, () => addAnchor(index, raw, source, scope))
  })
  return result
}

/** One broken certificate among many is left out, and said. */
function keeping(findings: Finding[], field: string, position: number, add: () => void): void {
  try {
    add()
  } catch (error) {
    if (!(error instanceof PkiError)) throw error
    findings.push({ code: 'certificate-unreadable', severity: 'warning', field, data: { position } })
  }
}
