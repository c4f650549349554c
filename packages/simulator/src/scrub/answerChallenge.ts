import { CccdError } from '@cccd/core'
import { type Iso9796Trailer, type PrivateKeySpec, signIso9796_2 } from '@cccd/crypto'
import { parseDg14, parseDg15, verifyActiveAuthentication } from '@cccd/emrtd'
import { signToLength } from './ScrubAuthorities.js'
import type { ScrubTools } from './scrubCertificate.js'

const trailers: readonly Iso9796Trailer[] = ['BC', '33CC', '34CC', '35CC', '36CC', '38CC']

export interface RecordedAnswer {
  readonly challenge: Uint8Array
  readonly response: Uint8Array
  /** As they were. */
  readonly dg14: Uint8Array | undefined
  readonly dg15: Uint8Array
  /** What stands in DG15 now. */
  readonly key: PrivateKeySpec
  readonly newChallenge: Uint8Array
}

/**
 * The answer of active authentication to another challenge by the new key, made as the recorded one was and of its length. Undefined
 * for a recorded answer that does not verify: nothing that does may take its place.
 */
export async function answerChallenge(recorded: RecordedAnswer, tools: ScrubTools): Promise<Uint8Array | undefined> {
  const { challenge, response, dg14, dg15, key, newChallenge } = recorded
  const { crypto, random } = tools
  const signatureAlgorithm = algorithmIn(dg14)
  const verdict = await verifyActiveAuthentication({
    publicKey: parseDg15(dg15).publicKey,
    challenge,
    response,
    crypto,
    ...(signatureAlgorithm === undefined ? {} : { signatureAlgorithm }),
  })
  if (verdict.status !== 'passed' || verdict.hash === undefined) return undefined
  const { hash, format } = verdict
  const signing = await crypto.importPrivateKey(key)
  const sign = (): Promise<Uint8Array> => {
    const trailer = trailers.find((known) => known === verdict.trailer?.toUpperCase())
    if (key.type === 'rsa') return signIso9796_2(signing, newChallenge, { crypto, random, trailer: trailer ?? 'BC' })
    return signing.sign({ type: 'ecdsa', hash, format: format ?? 'plain' }, newChallenge, random)
  }
  return signToLength(sign, response.length, 'active-authentication')
}

function algorithmIn(dg14: Uint8Array | undefined): string | undefined {
  if (dg14 === undefined) return undefined
  try {
    const info = parseDg14(dg14).securityInfos.find(({ type }) => type === 'active-authentication')
    return info?.type === 'active-authentication' ? info.signatureAlgorithm : undefined
  } catch (error) {
    if (CccdError.is(error)) return undefined
    throw error
  }
}
