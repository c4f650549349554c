import { concatBytes, encodeOid, encodeTlv, equalBytes, wipe } from '@cccd/core'
import { type CurvePort, constantTimeEqual } from '@cccd/crypto'
import type { CardChannel } from '@cccd/iso7816'
import type { AccessPassword } from '../access/AccessCandidate.js'
import type { ProtocolContext } from '../access/ProtocolContext.js'
import { sendStep } from '../access/sendStep.js'
import { type CipherSuite, cipherSuite } from '../channel/cipherSuite.js'
import type { SessionKeys } from '../channel/SessionKeys.js'
import { EmrtdError } from '../errors.js'
import { deriveKey, keyPurpose } from '../kdf/deriveKey.js'
import type { PaceInfo } from '../lds/securityInfos.js'
import { authenticationToken, tokenInput } from './authenticationToken.js'
import { generalAuthenticate, requiredObject } from './generalAuthenticate.js'
import type { MapNonce } from './MapNonce.js'
import { paceMappings } from './paceMappings.js'
import { paceParameters } from './paceParameters.js'
import { paceRefused, tokenRefused } from './paceRefused.js'
import { passwordKey, passwordReference } from './passwordKey.js'
import { reflectedKey, withPoint } from './withPoint.js'

export interface PaceOptions extends ProtocolContext {
  /** The offer of EF.CardAccess to take up. */
  readonly info: PaceInfo
  readonly password: AccessPassword
  /** Names the domain parameters in MSE:Set AT: needed when the chip offers several (Doc 9303-11, 4.4.4.1, DO 84). */
  readonly nameParameters?: boolean
}

/**
 * Password authenticated connection establishment (Doc 9303-11, 4.4): proves to each other that both sides know the password
 * and leaves session keys behind. Five APDUs. Proves nothing about who made the chip.
 *
 * @throws EmrtdError `PACE_UNSUPPORTED` (mapping, agreement or parameters), `PACE_WRONG_PASSWORD` (`params.retries` when the
 * chip says), `PACE_BLOCKED`, `PACE_FAILED` (`sw`: the chip broke it off), `PACE_BAD_ANSWER` (`params.reason`: `bad-point`,
 * `reflected-key`, `wrong-token`)
 * @throws TransportError when the link fails
 * @example
 * const keys = await pace(channel, { info, password: { password: 'CAN', value: '500540' }, crypto, random })
 * const secure = await secureMessaging(channel, keys, crypto)
 */
export async function pace(channel: CardChannel, options: PaceOptions): Promise<SessionKeys> {
  const { map, curve } = supported(options)
  const suite = await cipherSuite(options.crypto, options.info.cipher)
  await selectProtocol(channel, options)
  const nonce = await decryptNonce(channel, options, suite)
  const generator = await map(channel, options, { curve, nonce }).finally(() => wipe(nonce))
  const agreed = await agree(channel, options, curve, generator)
  const keys = sessionKeys(options, suite, agreed.secret)
  try {
    await exchangeTokens(channel, options, { suite, keys, ...agreed })
  } catch (error) {
    wipe(keys.encryption, keys.mac)
    throw error
  }
  return keys
}

function supported({ info, crypto }: PaceOptions): { readonly map: MapNonce; readonly curve: CurvePort } {
  const map = paceMappings[info.mapping]
  const parameters = info.parameterId === undefined ? undefined : paceParameters.get(info.parameterId)
  if (map === undefined || info.agreement !== 'ECDH' || parameters?.curve === undefined)
    throw new EmrtdError('PACE_UNSUPPORTED', 'this library does not speak this variant of PACE', {
      step: 'pace.select-protocol',
      params: {
        mapping: info.mapping,
        agreement: info.agreement,
        ...(info.parameterId === undefined ? {} : { parameterId: info.parameterId }),
      },
    })
  return { map, curve: crypto.curve(parameters.curve) }
}

/** MSE:Set AT (Doc 9303-11, 4.4.4.1). */
async function selectProtocol(channel: CardChannel, options: PaceOptions): Promise<void> {
  const { info, password, nameParameters } = options
  const step = 'pace.select-protocol'
  const data = concatBytes(
    encodeTlv(0x80, encodeOid(info.oid)),
    encodeTlv(0x83, Uint8Array.of(passwordReference[password.password])),
    nameParameters === true && info.parameterId !== undefined
      ? encodeTlv(0x84, Uint8Array.of(info.parameterId))
      : new Uint8Array(0),
  )
  const { sw } = await sendStep(channel, options, step, { cla: 0, ins: 0x22, p1: 0xc1, p2: 0xa4, data })
  if (sw === 0x6983 || sw === 0x63c0) throw new EmrtdError('PACE_BLOCKED', 'the chip accepts this password no more', { step, sw })
  if (sw !== 0x9000) throw paceRefused(step)(sw)
}

/** Step 1: the encrypted nonce (4.4.3.3), at least 16 bytes and whole blocks. */
async function decryptNonce(channel: CardChannel, options: PaceOptions, suite: CipherSuite): Promise<Uint8Array> {
  const step = 'pace.get-nonce'
  const answer = await generalAuthenticate(channel, options, { step, data: new Uint8Array(0), refused: paceRefused(step) })
  const encrypted = requiredObject(answer, 0x80, step)
  if (encrypted.length < 16 || encrypted.length > 32 || encrypted.length % suite.blockLength !== 0)
    throw new EmrtdError('PACE_BAD_ANSWER', 'the nonce has a wrong length', { step, params: { length: encrypted.length } })
  const key = passwordKey(options.crypto, suite, options.password)
  const nonce = suite.decryptPlain(key, encrypted)
  options.intermediate?.('Kpi', key.slice())
  options.intermediate?.('nonce_s', nonce.slice())
  wipe(key)
  return nonce
}

interface Agreement {
  readonly own: Uint8Array
  readonly chip: Uint8Array
  /** The x coordinate of the shared point. */
  readonly secret: Uint8Array
}

/** Step 3: ephemeral key agreement over the mapped generator. */
async function agree(channel: CardChannel, options: PaceOptions, curve: CurvePort, generator: Uint8Array): Promise<Agreement> {
  const step = 'pace.agree-key'
  const scalar = curve.randomScalar(options.random)
  try {
    const own = await withPoint(step, () => curve.multiply(scalar, generator))
    const answer = await generalAuthenticate(channel, options, { step, data: encodeTlv(0x83, own), refused: paceRefused(step) })
    const chip = requiredObject(answer, 0x84, step)
    // "the public keys differ" (Doc 9303-11, 4.4.1 step 3c): with our own key back, both tokens would be the same.
    if (equalBytes(chip, own)) throw reflectedKey(step)
    const secret = await withPoint(step, () => curve.sharedSecret(scalar, chip))
    options.intermediate?.('agree.terminal_private', scalar.slice())
    options.intermediate?.('agree.terminal_public', own)
    options.intermediate?.('agree.chip_public', chip)
    options.intermediate?.('agree.shared_K', secret.slice())
    return { own, chip, secret }
  } finally {
    wipe(scalar)
  }
}

function sessionKeys(options: PaceOptions, suite: CipherSuite, secret: Uint8Array): SessionKeys {
  const encryption = deriveKey(options.crypto, suite, secret, keyPurpose.encryption)
  const mac = deriveKey(options.crypto, suite, secret, keyPurpose.mac)
  wipe(secret)
  options.intermediate?.('agree.KSEnc', encryption.slice())
  options.intermediate?.('agree.KSMAC', mac.slice())
  return { cipher: suite.name, encryption, mac, sendSequenceCounter: new Uint8Array(suite.blockLength) }
}

/** Step 4: each side shows that it has the keys; ours first, so a wrong password ends here. */
async function exchangeTokens(
  channel: CardChannel,
  options: PaceOptions,
  agreed: Agreement & { readonly suite: CipherSuite; readonly keys: SessionKeys },
): Promise<void> {
  const step = 'pace.exchange-tokens'
  const { suite, keys, own, chip } = agreed
  const { oid } = options.info
  const token = authenticationToken(suite, keys.mac, oid, chip)
  const expected = authenticationToken(suite, keys.mac, oid, own)
  const refused = tokenRefused(step)
  const answer = await generalAuthenticate(channel, options, { step, data: encodeTlv(0x85, token), last: true, refused })
  const received = requiredObject(answer, 0x86, step)
  options.intermediate?.('token.input_TIFD', tokenInput(oid, chip))
  options.intermediate?.('token.input_TIC', tokenInput(oid, own))
  options.intermediate?.('token.TIFD', token)
  options.intermediate?.('token.TIC', received)
  if (received.length !== expected.length || !constantTimeEqual(received, expected))
    throw new EmrtdError('PACE_BAD_ANSWER', 'the token of the chip is wrong', { step, params: { reason: 'wrong-token' } })
}
