import { concatBytes, encodeOid, encodeTlv, isCccdError, parseTlv, wipe } from '@cccd/core'
import type { KeyAgreementGroup } from '@cccd/crypto'
import type { CardChannel } from '@cccd/iso7816'
import type { ProtocolContext } from '../access/ProtocolContext.js'
import { referenceBytes } from '../access/referenceBytes.js'
import { sendLong } from '../access/sendLong.js'
import { cipherSuite } from '../channel/cipherSuite.js'
import type { SessionKeys } from '../channel/SessionKeys.js'
import { EmrtdError } from '../errors.js'
import { deriveKey, keyPurpose } from '../kdf/deriveKey.js'
import type { ChipAuthenticationChoice } from './chooseChipAuthentication.js'
import { type AgreementKey, parseAgreementKey } from './parseAgreementKey.js'

export interface ChipAuthenticationOptions extends ProtocolContext {
  readonly choice: ChipAuthenticationChoice
  /**
   * `KAT`: MSE:Set KAT alone, for 3DES. `AT`: MSE:Set AT and GENERAL AUTHENTICATE, for AES; some chips (Malaysia) want it for
   * 3DES too. By default as Doc 9303-11, 6.2.4 says, and `AT` when a chip refuses KAT.
   */
  readonly command?: 'AT' | 'KAT'
}

const step = 'chip-authentication'

/**
 * Chip Authentication version 1 (Doc 9303-11, 6.2): an ephemeral key agreement with the chip's static key, over a curve or modulo a prime.
 * The session keys it leaves are known to the chip only if it holds that key: the first protected exchange with them is the
 * proof, so make one. Whether the key is authentic is for passive authentication of DG14 to say.
 *
 * @param channel the running protected channel
 * @throws EmrtdError `CHIP_AUTHENTICATION_FAILED` (`sw`: refused; `params.reason`: `bad-answer`, `bad-point`),
 * `CHIP_AUTHENTICATION_UNSUPPORTED` (a group or key that is not known)
 * @throws TransportError, EmrtdError `SM_…` as the channel does
 */
export async function chipAuthentication(channel: CardChannel, options: ChipAuthenticationOptions): Promise<SessionKeys> {
  const { choice, crypto } = options
  const { group, element } = chipKey(options)
  const secret = await agree(channel, options, group, element)
  const suite = await cipherSuite(crypto, choice.cipher)
  const encryption = deriveKey(crypto, suite, secret, keyPurpose.encryption)
  const mac = deriveKey(crypto, suite, secret, keyPurpose.mac)
  options.intermediate?.('KSEnc', encryption.slice())
  options.intermediate?.('KSMAC', mac.slice())
  wipe(secret)
  // Secure messaging starts anew with a counter of zero (Doc 9303-11, 6.2.3).
  return { cipher: choice.cipher, encryption, mac, sendSequenceCounter: new Uint8Array(suite.blockLength) }
}

function chipKey({ choice, crypto }: ChipAuthenticationOptions): AgreementKey {
  let key: AgreementKey | undefined
  try {
    key = parseAgreementKey(choice.publicKeyInfo, crypto)
  } catch (cause) {
    throw new EmrtdError('CHIP_AUTHENTICATION_UNSUPPORTED', 'the chip authentication key is not understood', { step, cause })
  }
  if (key !== undefined) return key
  throw new EmrtdError('CHIP_AUTHENTICATION_UNSUPPORTED', 'the chip authentication key is of a group that is not known', { step })
}

async function agree(
  channel: CardChannel,
  options: ChipAuthenticationOptions,
  group: KeyAgreementGroup,
  element: Uint8Array,
): Promise<Uint8Array> {
  const scalar = group.randomScalar(options.random)
  try {
    const own = await group.publicKey(scalar)
    // The shared secret first: a key that is not one of its group is never shown ours.
    const secret = await sharedSecret(group, scalar, element)
    options.intermediate?.('terminal_public', own)
    options.intermediate?.('shared_K', secret.slice())
    await sendPublicKey(channel, options, own)
    return secret
  } finally {
    wipe(scalar)
  }
}

async function sharedSecret(group: KeyAgreementGroup, scalar: Uint8Array, element: Uint8Array): Promise<Uint8Array> {
  try {
    return await group.sharedSecret(scalar, element)
  } catch (cause) {
    if (!isCccdError(cause, 'CRYPTO_BAD_POINT')) throw cause
    const params = { reason: 'bad-point' }
    throw new EmrtdError('CHIP_AUTHENTICATION_FAILED', 'the chip authentication key is not one of its group', {
      step,
      cause,
      params,
    })
  }
}

async function sendPublicKey(channel: CardChannel, options: ChipAuthenticationOptions, own: Uint8Array): Promise<void> {
  const wanted = options.command ?? (options.choice.cipher === '3DES' ? 'KAT' : 'AT')
  if (wanted === 'AT') return setAuthenticationTemplate(channel, options, own)
  try {
    await setKeyAgreementTemplate(channel, options, own)
  } catch (error) {
    if (options.command !== undefined || !isCccdError(error, 'CHIP_AUTHENTICATION_FAILED')) throw error
    await setAuthenticationTemplate(channel, options, own)
  }
}

/** MSE:Set KAT (6.2.4.1): DO 91 the ephemeral key, DO 84 the reference of the chip's. */
async function setKeyAgreementTemplate(channel: CardChannel, options: ChipAuthenticationOptions, own: Uint8Array): Promise<void> {
  const data = concatBytes(encodeTlv(0x91, own), keyReference(options.choice))
  await accepted(channel, options, { cla: 0, ins: 0x22, p1: 0x41, p2: 0xa6, data })
}

/** MSE:Set AT, then GENERAL AUTHENTICATE with the ephemeral key (6.2.4.2). */
async function setAuthenticationTemplate(
  channel: CardChannel,
  options: ChipAuthenticationOptions,
  own: Uint8Array,
): Promise<void> {
  const { choice } = options
  const template = concatBytes(encodeTlv(0x80, encodeOid(choice.oid)), keyReference(choice))
  await accepted(channel, options, { cla: 0, ins: 0x22, p1: 0x41, p2: 0xa4, data: template })
  const key = encodeTlv(0x7c, encodeTlv(0x80, own))
  const answer = await accepted(channel, options, { cla: 0, ins: 0x86, p1: 0, p2: 0, data: key, le: 256 })
  try {
    parseTlv(answer, { tag: 0x7c, maxLength: 1024 })
  } catch (cause) {
    const params = { reason: 'bad-answer' }
    throw new EmrtdError('CHIP_AUTHENTICATION_FAILED', 'the answer is not dynamic authentication data', { step, cause, params })
  }
}

function keyReference({ keyId }: ChipAuthenticationChoice): Uint8Array {
  return keyId === undefined ? new Uint8Array(0) : encodeTlv(0x84, referenceBytes(keyId))
}

async function accepted(
  channel: CardChannel,
  options: ChipAuthenticationOptions,
  command: Parameters<typeof sendLong>[3],
): Promise<Uint8Array> {
  const { data, sw } = await sendLong(channel, options, step, command)
  if (sw !== 0x9000) throw new EmrtdError('CHIP_AUTHENTICATION_FAILED', 'the chip refused chip authentication', { step, sw })
  return data
}
