import { decodeLatin1 } from '@cccd/core'
import { tryParseCertificate } from '../certificate/parseCertificate.js'
import { tryParseSignedData } from '../cms/parseSignedData.js'
import { deviationListOids } from '../deviation/DeviationList.js'
import { PkiError } from '../errors.js'
import { tryParseRevocationList } from '../revocation/parseRevocationList.js'
import { certificateKind } from './certificateKind.js'
import type { AnchorInput, CertificateInput, KeptMaterial, MasterListInput } from './createTrustStore.js'
import { masterListOid } from './parseMasterList.js'
import { parsePem } from './parsePem.js'
import { readLdif } from './readLdif.js'

export interface TrustFile {
  /** Country CAs that sign themselves. */
  readonly anchors: readonly AnchorInput[]
  readonly masterLists: readonly MasterListInput[]
  /** Links, document signers and all other certificates: material, never anchors. */
  readonly certificates: readonly CertificateInput[]
  readonly revocationLists: readonly KeptMaterial[]
  readonly deviationLists: readonly KeptMaterial[]
}

type Kind = keyof TrustFile

const pemKinds: Readonly<Record<string, Kind | 'certificate' | 'signed'>> = {
  CERTIFICATE: 'certificate',
  'X509 CERTIFICATE': 'certificate',
  'TRUSTED CERTIFICATE': 'certificate',
  CMS: 'signed',
  PKCS7: 'signed',
  'PKCS #7 SIGNED DATA': 'signed',
  'X509 CRL': 'revocationLists',
}

/** Attributes of the ICAO PKD and of directories like it, in lower case. */
const ldifKinds: Readonly<Record<string, Kind | 'certificate' | 'signed'>> = {
  usercertificate: 'certificate',
  cacertificate: 'certificate',
  certificaterevocationlist: 'revocationLists',
  authorityrevocationlist: 'revocationLists',
  pkdmasterlistcontent: 'signed',
  cscamasterlistdata: 'signed',
  pkddeviationlistcontent: 'signed',
  deviationlistdata: 'signed',
}

/**
 * The certificates and lists of one file, whatever its name: a certificate or revocation list in DER, a CMS master or deviation list, PEM
 * with any number of them, or LDIF as the ICAO PKD gives it. Told apart by content. Nobody signed such a file, so only country CAs that sign
 * themselves become anchors, on the word of who trusts the file. Links and document signers are `certificates`: a link becomes no anchor.
 * A country CA of another form is an anchor by a signed master list, or by `anchors` of `createTrustStore`.
 *
 * @throws PkiError `PKI_NO_TRUST_MATERIAL` when the bytes are none of these, `PKI_BAD_PEM`, `PKI_BAD_LDIF`
 * @example
 * const { anchors, masterLists, revocationLists } = readTrustFile(bytes, 'icaopkd-001.ldif')
 */
export function readTrustFile(bytes: Uint8Array, source: string): TrustFile {
  const found: Found = { anchors: [], masterLists: [], certificates: [], revocationLists: [], deviationLists: [] }
  if (bytes[0] === 0x30) take(found, kindOf(bytes), bytes, source)
  else if (looksLikeLdif(bytes)) {
    for (const { values } of readLdif(bytes))
      for (const { attribute, value } of values) {
        const kind = Object.hasOwn(ldifKinds, attribute) ? ldifKinds[attribute] : undefined
        if (kind === 'certificate') take(found, certificateKind(value), value, source)
        else take(found, kind === 'signed' ? signedKind(value) : kind, value, source)
      }
  } else
    for (const { label, bytes: inner } of parsePem(bytes)) {
      const kind = Object.hasOwn(pemKinds, label) ? pemKinds[label] : undefined
      if (kind === 'certificate') take(found, pemCertificateKind(inner), inner, source)
      else take(found, kind === 'signed' ? (signedKind(inner) ?? 'masterLists') : kind, inner, source)
    }
  if (Object.values(found).every((list) => list.length === 0))
    throw new PkiError('PKI_NO_TRUST_MATERIAL', 'neither a certificate nor a list')
  return found
}

type Found = {
  readonly [K in 'anchors' | 'masterLists' | 'certificates' | 'revocationLists' | 'deviationLists']: TrustFile[K][number][]
}

function take(found: Found, kind: Kind | undefined, bytes: Uint8Array, source: string): void {
  if (kind === 'anchors' || kind === 'certificates') found[kind].push({ certificate: bytes, source })
  else if (kind !== undefined) found[kind].push({ bytes, source })
}

/** An LDIF file begins, after comments and blank lines, with its version or the name of its first record. */
function looksLikeLdif(bytes: Uint8Array): boolean {
  return /^(?:(?:#[^\n]*(?:\n [^\n]*)*)?\r?\n)*(?:version|dn):/i.test(decodeLatin1(bytes.subarray(0, 16_384)))
}

function kindOf(bytes: Uint8Array): Kind | undefined {
  if (tryParseCertificate(bytes).ok) return certificateKind(bytes)
  return signedKind(bytes) ?? (tryParseRevocationList(bytes).ok ? 'revocationLists' : undefined)
}

function signedKind(bytes: Uint8Array): Kind | undefined {
  const parsed = tryParseSignedData(bytes)
  if (!parsed.ok) return undefined
  if (parsed.value.eContentType === masterListOid) return 'masterLists'
  return parsed.value.eContentType === deviationListOids.content ? 'deviationLists' : undefined
}

/** A block that says it is a certificate and is none stays where the store refuses it: somebody meant to trust it. */
function pemCertificateKind(bytes: Uint8Array): Kind {
  return tryParseCertificate(bytes).ok ? certificateKind(bytes) : 'anchors'
}
