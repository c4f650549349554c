import type { Finding } from '@cccd/core'
import { type CryptoPort, loadCrypto } from '@cccd/crypto'
import { Certificate } from '../certificate/Certificate.js'
import { PkiError } from '../errors.js'
import { AnchorIndex } from './AnchorIndex.js'
import type { AnchorScope } from './anchorScope.js'
import { parseMasterList } from './parseMasterList.js'
import { type PinInput, readPin } from './pins.js'
import { TrustStore } from './TrustStore.js'
import { type MasterListResult, verifyMasterList } from './verifyMasterList.js'

/** A country CA that the operator trusts. */
export interface AnchorInput {
  /** DER. */
  readonly certificate: Uint8Array
  /** Where it came from, for reports. */
  readonly source?: string
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
  /** Certificates that nobody vouches for, e.g. the document signers of a directory. They make no anchors: hand them on as `links`. */
  readonly certificates?: readonly KeptMaterial[]
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
 * A trust store from single certificates, master lists and pinned signers, merged without duplicates. Certificates stay bytes until
 * one is needed; only their key identifiers are read. A certificate of a list that cannot be read is left out, with a finding.
 *
 * @throws PkiError `PKI_BAD_CERTIFICATE` for an anchor, `PKI_BAD_SIGNED_DATA` or `PKI_BAD_MASTER_LIST` for a list that cannot be
 * read, `PKI_MASTER_LIST_REFUSED` for one whose signature did not pass, `PKI_DEMO_REFUSED` for DEMO certificates in a store that
 * does not allow them, `PKI_BAD_PIN`
 * @example
 * const trust = await createTrustStore({ masterLists: [{ bytes, source: 'DE_ML.ml', anchor: root }] })
 * trust.size // 588
 */
export async function createTrustStore(options: CreateTrustStoreOptions = {}): Promise<TrustStore> {
  const crypto = options.crypto ?? (await loadCrypto())
  const allowDemo = options.allowDemo ?? false
  const index = new AnchorIndex()
  const findings: Finding[] = []
  for (const { certificate, source, scope } of options.anchors ?? []) index.add(certificate).addSource(source, scope)
  const given = index.anchors.map(({ certificate }) => certificate)
  const masterLists: MasterListResult[] = []
  for (const input of options.masterLists ?? []) masterLists.push(await addMasterList(input, given, index, findings, crypto))
  if (!allowDemo && index.anchors.some(({ isDemo }) => isDemo))
    throw new PkiError('PKI_DEMO_REFUSED', 'DEMO certificates are no anchors of this store')
  const pins = (options.pins ?? []).map((pin) => readPin(pin, crypto))
  return new TrustStore({ index, pins, masterLists, findings, crypto, allowDemo })
}

async function addMasterList(
  input: MasterListInput,
  given: readonly Certificate[],
  index: AnchorIndex,
  findings: Finding[],
  crypto: CryptoPort,
): Promise<MasterListResult> {
  const { bytes, source, anchor, scope } = input
  const list = parseMasterList(bytes)
  const anchors = anchor === undefined ? given : [new Certificate(anchor)]
  const result = await verifyMasterList(list, { anchors, crypto, ...(source !== undefined && { source }) })
  if (result.status !== 'passed' || (anchor !== undefined && result.anchoredBy !== 'anchor'))
    throw new PkiError('PKI_MASTER_LIST_REFUSED', 'signature of the master list did not pass', {
      params: { status: result.status, reason: result.reason ?? 'signer-not-issued' },
    })
  list.certificates.forEach((raw, position) => {
    try {
      index.add(raw).addSource(source, scope)
    } catch (error) {
      if (!(error instanceof PkiError)) throw error
      findings.push({ code: 'certificate-unreadable', severity: 'warning', field: source ?? 'master list', data: { position } })
    }
  })
  return result
}
