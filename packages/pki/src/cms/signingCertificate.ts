import { equalBytes, expectTag, integerBytes, parseTlv, readOctetString, type TlvNode } from '@cccd/core'
import type { CryptoPort, HashAlgorithm } from '@cccd/crypto'
import { readAlgorithmIdentifier } from '../algorithms/AlgorithmIdentifier.js'
import { hashAlgorithmByOid } from '../algorithms/hashAlgorithmByOid.js'
import type { Certificate } from '../certificate/Certificate.js'
import { sameName } from '../certificate/DistinguishedName.js'
import { readGeneralNames } from '../names/GeneralName.js'
import type { Attribute } from './SignedData.js'
import { attributeOids, singleValue } from './signedAttributes.js'

export type SigningCertificateProblem = 'structure-wrong' | 'signing-certificate-differs' | 'unsupported-algorithm'

/**
 * Whether the signed attributes bind the signature to another certificate than the one whose key verifies it: signing-certificate
 * (RFC 2634 5.4) and signing-certificate-v2 (RFC 5035 3), each checked where it stands. Undefined when none does.
 *
 * SigningCertificateV2 ::= SEQUENCE { certs SEQUENCE OF ESSCertIDv2, policies OPTIONAL }
 * ESSCertIDv2 ::= SEQUENCE { hashAlgorithm DEFAULT sha256, certHash OCTET STRING, issuerSerial OPTIONAL }
 */
export function signingCertificateProblem(
  attributes: readonly Attribute[],
  certificate: Certificate,
  crypto: CryptoPort,
): SigningCertificateProblem | undefined {
  for (const oid of [attributeOids.signingCertificate, attributeOids.signingCertificateV2]) {
    const value = singleValue(attributes, oid)
    if (value === 'missing') continue
    if (value === 'repeated') return 'structure-wrong'
    const [certificates] = parseTlv(value, { tag: 0x30 }).children()
    // The first identifier is the signer's; the others name its path.
    const [first] = expectTag(certificates, 0x30).children()
    const problem = identifierProblem(expectTag(first, 0x30), oid, certificate, crypto)
    if (problem !== undefined) return problem
  }
  return undefined
}

function identifierProblem(
  node: TlvNode,
  oid: string,
  certificate: Certificate,
  crypto: CryptoPort,
): SigningCertificateProblem | undefined {
  const fields = node.children()
  let algorithm: HashAlgorithm = oid === attributeOids.signingCertificate ? 'sha1' : 'sha256'
  if (oid === attributeOids.signingCertificateV2 && fields[0]?.tag === 0x30) {
    const named = hashAlgorithmByOid(readAlgorithmIdentifier(fields.shift()).oid)
    if (named === undefined) return 'unsupported-algorithm'
    algorithm = named
  }
  const [hash, issuerSerial, more] = fields
  if (more !== undefined) return 'structure-wrong'
  if (!equalBytes(readOctetString(hash), crypto.hash(algorithm, certificate.raw))) return 'signing-certificate-differs'
  return issuerSerial === undefined || namesCertificate(issuerSerial, certificate) ? undefined : 'signing-certificate-differs'
}

/** `IssuerSerial ::= SEQUENCE { issuer GeneralNames, serialNumber INTEGER }` */
function namesCertificate(node: TlvNode, certificate: Certificate): boolean {
  const [issuer, serialNumber] = expectTag(node, 0x30).children()
  return (
    equalBytes(integerBytes(serialNumber), certificate.serialNumber) &&
    readGeneralNames(expectTag(issuer, 0x30)).some(
      (name) => name.type === 'directoryName' && sameName(name.name, certificate.issuer),
    )
  )
}
