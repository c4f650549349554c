import { tryParseCertificate } from '../certificate/parseCertificate.js'
import { tryParseSignedData } from '../cms/parseSignedData.js'
import { PkiError } from '../errors.js'
import type { AnchorInput, MasterListInput } from './createTrustStore.js'
import { masterListOid } from './parseMasterList.js'
import { type PemBlock, parsePem } from './parsePem.js'

export interface TrustFile {
  readonly anchors: readonly AnchorInput[]
  readonly masterLists: readonly MasterListInput[]
}

const certificateLabels: readonly string[] = ['CERTIFICATE', 'X509 CERTIFICATE', 'TRUSTED CERTIFICATE']
const cmsLabels: readonly string[] = ['CMS', 'PKCS7', 'PKCS #7 SIGNED DATA']

/**
 * The certificates and master lists of one file, whatever its name: a certificate in DER, a CMS master list, or PEM with any
 * number of both. Told apart by content.
 *
 * @throws PkiError `PKI_NO_TRUST_MATERIAL` when the bytes are none of these, `PKI_BAD_PEM`
 * @example
 * const { anchors, masterLists } = readTrustFile(bytes, 'DE_ML.ml')
 */
export function readTrustFile(bytes: Uint8Array, source: string): TrustFile {
  const anchors: AnchorInput[] = []
  const masterLists: MasterListInput[] = []
  for (const { label, bytes: inner } of looksLikePem(bytes) ? parsePem(bytes) : [{ label: '', bytes }])
    if (isList(label, inner)) masterLists.push({ bytes: inner, source })
    else if (isCertificate(label, inner)) anchors.push({ certificate: inner, source })
  if (anchors.length + masterLists.length === 0)
    throw new PkiError('PKI_NO_TRUST_MATERIAL', 'neither a certificate nor a master list')
  return { anchors, masterLists }
}

/** Text may stand before the first block, so the marker is looked for. DER and CMS begin with a SEQUENCE. */
function looksLikePem(bytes: Uint8Array): boolean {
  return bytes[0] !== 0x30
}

function isCertificate(label: PemBlock['label'], bytes: Uint8Array): boolean {
  return label === '' ? tryParseCertificate(bytes).ok : certificateLabels.includes(label)
}

function isList(label: PemBlock['label'], bytes: Uint8Array): boolean {
  if (label !== '') return cmsLabels.includes(label)
  const parsed = tryParseSignedData(bytes)
  return parsed.ok && parsed.value.eContentType === masterListOid
}
