import { CccdError, type Check, equalBytes } from '@cccd/core'
import type { CryptoPort } from '@cccd/crypto'
import { type ActiveAuthenticationKey, readDg15 } from '../lds/parseDg15.js'
import type { SecurityInfo } from '../lds/securityInfos.js'
import type { ChipReading } from '../reading/ChipReading.js'
import { type CheckList, check } from './CheckList.js'
import type { Grounds } from './Grounds.js'
import type { CheckId } from './VerificationReport.js'
import { verifyActiveAuthentication } from './verifyActiveAuthentication.js'

export interface ActiveAuthenticationCheckInput {
  readonly reading: ChipReading
  readonly grounds: Grounds
  /** The verifier's own challenge. */
  readonly expectedChallenge: Uint8Array | undefined
  readonly securityInfos: readonly SecurityInfo[] | undefined
  readonly list: CheckList
  readonly crypto: CryptoPort
}

const id = 'aa.signature'

/** `aa.signature`: a challenge that only this verifier could know, signed with the key of an authentic DG15. */
export async function activeAuthenticationCheck(input: ActiveAuthenticationCheckInput): Promise<Check<CheckId>> {
  const { reading, grounds, expectedChallenge } = input
  const listed = grounds.lists(15)
  if (grounds.authenticList && !listed) return check(id, 'not-supported')
  const { activeAuthentication, files } = reading
  const key = files.DG15
  const response = activeAuthentication?.response
  if (!wasAsked(input)) return check(id, 'not-performed', 'not-asked')
  if (key === undefined || response === undefined)
    // Without a list of hashes nobody knows whether the chip ever had the key.
    return listed ? check(id, 'failed', 'downgrade') : check(id, 'inconclusive', 'key-not-authentic')
  if (expectedChallenge === undefined) return check(id, 'not-performed', 'no-expected-challenge')
  // An empty challenge: the sender did not say which one the chip got. The signature will tell.
  const { challenge } = activeAuthentication ?? { challenge: expectedChallenge }
  if (challenge.length > 0 && !equalBytes(challenge, expectedChallenge)) return check(id, 'failed', 'wrong-challenge')
  return signatureCheck(input, key, expectedChallenge, response)
}

function wasAsked({ reading, expectedChallenge }: ActiveAuthenticationCheckInput): boolean {
  if (expectedChallenge !== undefined || reading.activeAuthentication !== undefined) return true
  const status = reading.fileStatus.DG15?.status
  return status === 'not-found' || status === 'access-denied' || status === 'failed'
}

async function signatureCheck(
  { grounds, securityInfos, list, crypto }: ActiveAuthenticationCheckInput,
  dg15: Uint8Array,
  challenge: Uint8Array,
  response: Uint8Array,
): Promise<Check<CheckId>> {
  const key = open(dg15)
  if (typeof key === 'string') return check(id, key === 'key-wrong' ? 'failed' : 'inconclusive', key)
  const info = securityInfos?.find((entry) => entry.type === 'active-authentication')
  const { status, reason, ...details } = await verifyActiveAuthentication({
    publicKey: key.publicKey,
    challenge,
    response,
    ...(info === undefined ? {} : { signatureAlgorithm: info.signatureAlgorithm }),
    crypto,
  })
  if (details.algorithm === 'ecdsa' && info === undefined)
    list.findings.push({ code: 'aa-algorithm-not-stated', severity: 'info', field: 'DG14', clause: 'Doc 9303-11, 6.1' })
  if (details.format === 'der')
    list.findings.push({ code: 'aa-der-signature', severity: 'info', field: 'DG15', clause: 'Doc 9303-11, 6.1.2.3' })
  if (details.hash === 'sha1')
    list.findings.push({ code: 'weak-hash', severity: 'warning', field: 'DG15', data: { hash: 'sha1' } })
  const { keyBits = 0, algorithm } = details
  if (keyBits > 0 && keyBits < (algorithm === 'ecdsa' ? 224 : 1_024))
    list.findings.push({ code: 'weak-key', severity: 'warning', field: 'DG15', data: { bits: keyBits } })
  if (status !== 'passed') return check(id, status, reason, details)
  return grounds.authentic(15) ? check(id, 'passed', undefined, details) : check(id, 'inconclusive', 'key-not-authentic', details)
}

function open(dg15: Uint8Array): ActiveAuthenticationKey | 'key-wrong' | 'unsupported-algorithm' {
  try {
    return readDg15(dg15).value
  } catch (error) {
    if (!CccdError.is(error)) throw error
    return error.code === 'PKI_UNKNOWN_CURVE' || error.code === 'PKI_UNSUPPORTED_ALGORITHM'
      ? 'unsupported-algorithm'
      : 'key-wrong'
  }
}
