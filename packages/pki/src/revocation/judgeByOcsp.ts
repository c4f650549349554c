import type { CryptoPort } from '@cccd/crypto'
import type { Certificate } from '../certificate/Certificate.js'
import type { OcspResponse } from './OcspResponse.js'
import type { RevocationVerdict } from './RevocationVerdict.js'
import { verifyOcspResponse } from './verifyOcspResponse.js'

export interface JudgeByOcspOptions {
  readonly certificate: Certificate
  readonly issuer: Certificate
  readonly responses: readonly OcspResponse[]
  readonly at: string
  readonly responderRevoked?: (responder: Certificate) => Promise<boolean>
  readonly crypto: CryptoPort
}

/** What the OCSP answers at hand say: revoked if any says so that may, else good, else why nothing is known. */
export async function judgeByOcsp({ responses, ...about }: JudgeByOcspOptions): Promise<RevocationVerdict> {
  let best: RevocationVerdict = { status: 'unknown', reason: 'no-revocation-data' }
  for (const response of responses) {
    const verdict = await verifyOcspResponse({ ...about, response })
    if (verdict.status === 'revoked') return verdict
    if (verdict.status === 'good') best = verdict
    else if (best.status === 'unknown' && verdict.reason !== 'revocation-data-scope') best = verdict
  }
  return best
}
