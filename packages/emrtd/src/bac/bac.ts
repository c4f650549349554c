import { concatBytes, equalBytes, wipe } from '@cccd/core'
import { constantTimeEqual, padIso9797Method2 } from '@cccd/crypto'
import type { CardChannel } from '@cccd/iso7816'
import type { ProtocolContext } from '../access/ProtocolContext.js'
import { sendStep } from '../access/sendStep.js'
import { type CipherSuite, cipherSuite } from '../channel/cipherSuite.js'
import type { SessionKeys } from '../channel/SessionKeys.js'
import { EmrtdError } from '../errors.js'
import { deriveKey, keyPurpose } from '../kdf/deriveKey.js'
import { type MrzKeyFields, mrzInformation } from '../kdf/mrzInformation.js'

export interface BacOptions extends ProtocolContext {
  readonly mrz: MrzKeyFields
}

const wrongKey = [0x6300, 0x6982, 0x6985, 0x6988, 0x6a80, 0x6a88]

/**
 * Basic Access Control (Doc 9303-11, 4.3), inside the selected LDS application. Its keys have the entropy of the MRZ: anyone who
 * recorded the exchange can try MRZs offline. Only for chips that refuse PACE.
 *
 * @throws EmrtdError `BAC_WRONG_KEY`, `BAC_FAILED` (no challenge; `sw`), `BAC_BAD_ANSWER`
 */
export async function bac(channel: CardChannel, options: BacOptions): Promise<SessionKeys> {
  const suite = await cipherSuite(options.crypto, '3DES')
  const chipNonce = await getChallenge(channel, options)
  const access = documentKeys(options, suite)
  const terminalNonce = options.random(8)
  const terminalSecret = options.random(16)
  const message = suite.encryptPlain(access.encryption, concatBytes(terminalNonce, chipNonce, terminalSecret))
  const mac = suite.mac(access.mac, padIso9797Method2(message, 8))
  const answer = await externalAuthenticate(channel, options, concatBytes(message, mac))
  const chipSecret = openAnswer(answer, suite, access, { chipNonce, terminalNonce, terminalSecret })
  const seed = chipSecret.map((byte, at) => byte ^ (terminalSecret[at] as number))
  const keys: SessionKeys = {
    cipher: '3DES',
    encryption: deriveKey(options.crypto, suite, seed, keyPurpose.encryption),
    mac: deriveKey(options.crypto, suite, seed, keyPurpose.mac),
    // Doc 9303-11, 9.8.6.3: the last four bytes of each nonce, the chip's first.
    sendSequenceCounter: concatBytes(chipNonce.subarray(4), terminalNonce.subarray(4)),
  }
  options.intermediate?.('auth.EIFD', message)
  options.intermediate?.('auth.MIFD', mac)
  options.intermediate?.('auth.KIC', chipSecret.slice())
  options.intermediate?.('session.Kseed', seed.slice())
  options.intermediate?.('session.KSEnc', keys.encryption.slice())
  options.intermediate?.('session.KSMAC', keys.mac.slice())
  options.intermediate?.('session.SSC', keys.sendSequenceCounter.slice())
  wipe(access.encryption, access.mac, terminalSecret, chipSecret, seed)
  return keys
}

interface Nonces {
  readonly chipNonce: Uint8Array
  readonly terminalNonce: Uint8Array
  readonly terminalSecret: Uint8Array
}

/** K_Enc and K_MAC from the first 16 bytes of SHA-1(MRZ_information) (Doc 9303-11, 4.3.2). */
function documentKeys(
  { crypto, mrz, intermediate }: BacOptions,
  suite: CipherSuite,
): { encryption: Uint8Array; mac: Uint8Array } {
  const information = mrzInformation(mrz)
  const digest = crypto.hash('sha1', information)
  const seed = digest.slice(0, 16)
  const encryption = deriveKey(crypto, suite, seed, keyPurpose.encryption)
  const mac = deriveKey(crypto, suite, seed, keyPurpose.mac)
  intermediate?.('mrz_information', information.slice())
  intermediate?.('sha1_mrz_information', digest.slice())
  intermediate?.('Kseed', seed.slice())
  intermediate?.('KEnc', encryption.slice())
  intermediate?.('KMAC', mac.slice())
  wipe(information, digest, seed)
  return { encryption, mac }
}

async function getChallenge(channel: CardChannel, options: BacOptions): Promise<Uint8Array> {
  const step = 'bac.get-challenge'
  const { data, sw } = await sendStep(channel, options, step, { cla: 0, ins: 0x84, p1: 0, p2: 0, le: 8 })
  if (sw !== 0x9000) throw new EmrtdError('BAC_FAILED', 'the chip gave no challenge', { step, sw })
  if (data.length !== 8)
    throw new EmrtdError('BAC_BAD_ANSWER', 'the challenge has not eight bytes', { step, params: { length: data.length } })
  return data
}

async function externalAuthenticate(channel: CardChannel, options: BacOptions, data: Uint8Array): Promise<Uint8Array> {
  const step = 'bac.external-authenticate'
  const response = await sendStep(channel, options, step, { cla: 0, ins: 0x82, p1: 0, p2: 0, data, le: 40 })
  const { sw } = response
  if (wrongKey.includes(sw) || (sw & 0xfff0) === 0x63c0)
    throw new EmrtdError('BAC_WRONG_KEY', 'number, date of birth or date of expiry are not those of the chip', { step, sw })
  if (sw !== 0x9000) throw new EmrtdError('BAC_FAILED', 'the chip broke BAC off', { step, sw })
  if (response.data.length !== 40)
    throw new EmrtdError('BAC_BAD_ANSWER', 'the answer has not forty bytes', { step, params: { length: response.data.length } })
  return response.data
}

function openAnswer(
  answer: Uint8Array,
  suite: CipherSuite,
  access: { readonly encryption: Uint8Array; readonly mac: Uint8Array },
  sent: Nonces,
): Uint8Array {
  const step = 'bac.external-authenticate'
  const bad = (reason: string): EmrtdError =>
    new EmrtdError('BAC_BAD_ANSWER', 'the chip does not prove that it knows the key', { step, params: { reason } })
  const message = answer.subarray(0, 32)
  if (!constantTimeEqual(suite.mac(access.mac, padIso9797Method2(message, 8)), answer.subarray(32))) throw bad('wrong-mac')
  const plain = suite.decryptPlain(access.encryption, message)
  if (!equalBytes(plain.subarray(0, 8), sent.chipNonce)) throw bad('chip-nonce')
  if (!equalBytes(plain.subarray(8, 16), sent.terminalNonce)) throw bad('terminal-nonce')
  const chipSecret = plain.slice(16)
  // Our own secret back would make the session seed all zeros.
  if (constantTimeEqual(chipSecret, sent.terminalSecret)) throw bad('reflected-key')
  wipe(plain)
  return chipSecret
}
