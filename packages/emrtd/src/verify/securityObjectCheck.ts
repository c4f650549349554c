import { CccdError, type Check } from '@cccd/core'
import type { CryptoPort } from '@cccd/crypto'
import { type SignerResult, type TrustStore, verifySignedData } from '@cccd/pki'
import { type OpenedSecurityObject, readSecurityObject } from '../lds/parseSecurityObject.js'
import { type CheckList, check } from './CheckList.js'
import type { CheckId } from './VerificationReport.js'

/** What EF.SOD gave: its list of hashes, and its signer when the signature passed. */
export interface SecurityObjectEvidence {
  readonly opened?: OpenedSecurityObject
  readonly signer?: SignerResult
}

/** `sod.signature`: passive authentication without the question who issued the signer's certificate (Doc 9303-11, 5.1). */
export async function checkSecurityObject(
  sod: Uint8Array | undefined,
  list: CheckList,
  { trust, crypto }: { readonly trust: TrustStore; readonly crypto: CryptoPort },
): Promise<SecurityObjectEvidence> {
  if (sod === undefined) {
    list.add(check('sod.signature', 'not-performed', 'not-read'))
    return {}
  }
  const opened = open(sod)
  if (opened === undefined) {
    list.add(check('sod.signature', 'failed', 'structure-wrong'))
    return {}
  }
  const { value, signedData, findings } = opened
  list.findings.push(...findings)
  if (value.hashAlgorithm === 'sha1')
    list.findings.push({
      code: 'weak-hash',
      severity: 'warning',
      field: 'SOD',
      clause: 'Doc 9303-12, 4.4',
      data: { hash: 'sha1' },
    })
  const result = await verifySignedData(signedData, { crypto, memory: trust.memory })
  list.findings.push(...result.findings)
  const [signer] = result.signers
  list.add(signatureCheck(opened, result.status, result.reason, signer))
  return list.passed('sod.signature') && signer !== undefined ? { opened, signer } : { opened }
}

function open(sod: Uint8Array): OpenedSecurityObject | undefined {
  try {
    return readSecurityObject(sod)
  } catch (error) {
    if (CccdError.is(error)) return undefined
    throw error
  }
}

function signatureCheck(
  { value, signedData }: OpenedSecurityObject,
  status: SignerResult['status'],
  reason: string | undefined,
  signer: SignerResult | undefined,
): Check<CheckId> {
  const data = {
    ldsVersion: value.version,
    signers: signedData.signers.length,
    ...(signer?.digestAlgorithm === undefined ? {} : { digest: signer.digestAlgorithm }),
    ...(signer?.scheme === undefined ? {} : { scheme: signer.scheme.type, hash: signer.scheme.hash }),
  }
  // A signature over a list that breaks its own rules vouches for nothing, be it right or not to be computed.
  const [problem] = value.problems
  if (status !== 'failed' && problem !== undefined)
    return check('sod.signature', 'failed', 'structure-wrong', { ...data, problem: problem.code })
  return check('sod.signature', status, reason, data)
}
