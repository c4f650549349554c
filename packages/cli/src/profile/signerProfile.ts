import { isCccdError, parseTlv } from '@cccd/core'
import type { Facts } from './Facts.js'

/** EF.SOD: algorithms, and whose signature it is. Hashes and the signing time belong to the holder and are left out. */
export async function signerProfile(bytes: Uint8Array | undefined): Promise<Facts> {
  if (bytes === undefined) return {}
  const { tryParseSecurityObject } = await import('@cccd/emrtd')
  const parsed = tryParseSecurityObject(bytes)
  if (!parsed.ok) return { error: parsed.error.code }
  const { version, hashAlgorithm, hashAlgorithmOid, dataGroupHashes, contentType, ldsVersion, problems } = parsed.value
  return {
    ldsSecurityObject: version,
    ...(ldsVersion === undefined ? {} : { ldsVersion }),
    contentType,
    hashAlgorithm: hashAlgorithm ?? hashAlgorithmOid,
    dataGroups: dataGroupHashes.map(({ dataGroup }) => `DG${dataGroup}`),
    problems: problems.map(({ code }) => code),
    ...(await certificateFacts(bytes)),
  }
}

async function certificateFacts(bytes: Uint8Array): Promise<Facts> {
  const { describeCertificate, parseSignedData, verifySignedData } = await import('@cccd/pki')
  try {
    const signedData = parseSignedData(parseTlv(bytes).value)
    const { signers } = await verifySignedData(signedData)
    const [signer] = signers
    if (signer?.certificate === undefined) return { certificates: signedData.certificates.length }
    const { publicKey, ...certificate } = describeCertificate(signer.certificate)
    return {
      certificates: signedData.certificates.length,
      signature: signer.status,
      ...(signer.scheme === undefined ? {} : { signatureAlgorithm: `${signer.scheme.type} ${signer.scheme.hash}` }),
      ...(signer.digestAlgorithm === undefined ? {} : { digestAlgorithm: signer.digestAlgorithm }),
      hasSigningTime: signer.signingTime !== undefined,
      subject: certificate.subject,
      issuer: certificate.issuer,
      ...(certificate.keyIdentifier === undefined ? {} : { keyIdentifier: certificate.keyIdentifier }),
      ...(certificate.authorityKeyIdentifier === undefined ? {} : { authorityKeyIdentifier: certificate.authorityKeyIdentifier }),
      key:
        publicKey.type === 'ec'
          ? publicKey.curve
          : publicKey.type === 'rsa'
            ? `rsa ${publicKey.bits} e ${publicKey.exponent}`
            : 'unsupported',
      certificateSignature: certificate.signatureAlgorithm,
      documentTypes: certificate.documentTypes ?? [],
    }
  } catch (error) {
    if (!isCccdError(error)) throw error
    return { error: error.code }
  }
}
