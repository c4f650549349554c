import { concatBytes, encodeOid, encodeTlv, equalBytes, wipe } from '@cccd/core'
import { constantTimeEqual, type KeyAgreementGroup } from '@cccd/crypto'
import type { CardChannel } from '@cccd/iso7816'
import type { AccessPassword } from '../access/AccessCandidate.js'
import type { ProtocolContext } from '../access/ProtocolContext.js'
import { referenceBytes } from '../access/referenceBytes.js'
import { sendStep } from '../access/sendStep.js'
import { type CipherSuite, cipherSuite } from '../channel/cipherSuite.js'
import type { SessionKeys } from '../channel/SessionKeys.js'
import { EmrtdError } from '../errors.js'
import { deriveKey, keyPurpose } from '../kdf/deriveKey.js'
import type { PaceInfo } from '../lds/securityInfos.js'
import { authenticationToken, tokenInput } from './authenticationToken.js'
import { type ChipAuthenticationMapping, decryptChipAuthenticationData } from './ChipAuthenticationMapping.js'
import { generalAuthenticate, requiredObject } from './generalAuthenticate.js'
import type { MappedNonce } from './MapNonce.js'
import { paceExclusion } from './paceExclusion.js'
import { paceMappings } from './paceMappings.js'
import { groupOf, type PaceParameters, paceParameters } from './paceParameters.js'
import { paceRefused, passwordState, tokenRefused } from './paceRefused.js'
import { passwordKey, passwordReference } from './passwordKey.js'
import { reflectedKey, withElement } from './withElement.js'

export interface PaceOptions extends ProtocolContext {
  /** The offer of EF.CardAccess to take up. */
  readonly info: PaceInfo
  readonly password: AccessPassword
  /** Domain parameters, where the chip writes out its own (default: the standardised ones that `info` numbers). */
  readonly parameters?: PaceParameters
  /** Names the domain parameters in MSE:Set AT: needed when the chip offers several (Doc 9303-11, 4.4.4.1, DO 84). */
  readonly nameParameters?: boolean
}

/** Session keys, and what chip-authentication mapping left besides. */
export interface PaceResult extends SessionKeys {
  readonly chipAuthentication?: ChipAuthenticationMapping
}

/**
 * Password authenticated connection establishment (Doc 9303-11, 4.4): proves to each other that both sides know the password
 * and leaves session keys behind. Five APDUs. Proves nothing about who made the chip; with chip-authentication mapping, `proveMapping`
 * goes on from the result.
 *
 * @throws EmrtdError `PACE_UNSUPPORTED` (mapping, agreement or parameters; `params.reason` where the standard excludes them),
 * `PACE_WRONG_PASSWORD` (`params.retries` when the chip says), `PACE_SUSPENDED`, `PACE_BLOCKED`, `PACE_DEACTIVATED`, `PACE_FAILED`
 * (`sw`: the chip broke it off), `PACE_BAD_ANSWER` (`params.reason`: `bad-point`, `reflected-key`, `wrong-token`)
 * @throws TransportError when the link fails
 * @example
 * const keys = await pace(channel, { info, password: { password: 'CAN', value: '500540' }, crypto, random })
 * const secure = await secureMessaging(channel, keys, crypto)
 */
export async function pace(channel: CardChannel, options: PaceOptions): Promise<PaceResult> {
  const { info, crypto } = options
  const group = supportedGroup(options)
  const suite = await cipherSuite(crypto, info.cipher)
  const map = await paceMappings[info.mapping]()
  await selectProtocol(channel, options)
  const nonce = await decryptNonce(channel, options, suite)
  const mapped = await map(channel, options, { group, suite, nonce }).finally(() => wipe(nonce))
  const agreed = await agree(channel, options, group, mapped.generator)
  const keys = sessionKeys(options, suite, agreed.secret)
  try {
    const data = await exchangeTokens(channel, options, { suite, keys, ...agreed })
    return { ...keys, ...mappingOf(options, mapped, decryptChipAuthenticationData(suite, keys.encryption, data)) }
  } catch (error) {
    wipe(keys.encryption, keys.mac)
    throw error
  }
}

function supportedGroup({ info, crypto, parameters: given }: PaceOptions): KeyAgreementGroup {
  const parameters = given ?? (info.parameterId === undefined ? undefined : paceParameters.get(info.parameterId))
  const reason =
    parameters === undefined || parameters.agreement !== info.agreement
      ? 'unknown-parameters'
      : paceExclusion(info, parameters.group)
  if (parameters !== undefined && reason === undefined) return groupOf(crypto, parameters.group)
  const { mapping, agreement, cipher, parameterId } = info
  throw new EmrtdError('PACE_UNSUPPORTED', 'there is no such variant of PACE', {
    step: 'pace.select-protocol',
    params: { reason: reason ?? '', mapping, agreement, cipher, ...(parameterId === undefined ? {} : { parameterId }) },
  })
}

/** MSE:Set AT (Doc 9303-11, 4.4.4.1). */
async function selectProtocol(channel: CardChannel, options: PaceOptions): Promise<void> {
  const { info, password, nameParameters } = options
  const step = 'pace.select-protocol'
  const data = concatBytes(
    encodeTlv(0x80, encodeOid(info.oid)),
    encodeTlv(0x83, Uint8Array.of(passwordReference[password.password])),
    nameParameters === true && info.parameterId !== undefined
      ? encodeTlv(0x84, referenceBytes(info.parameterId))
      : new Uint8Array(0),
  )
  const { sw } = await sendStep(channel, options, step, { cla: 0, ins: 0x22, p1: 0xc1, p2: 0xa4, data })
  const retries = passwordState(sw, password.password)
  // The last try: a chip that keeps to the rules takes it only where the card access number was shown before.
  if (retries === 1 && password.password === 'PIN' && !('cipher' in channel)) throw suspended(step, sw)
}

/** Step 1: the encrypted nonce (4.4.3.3), 16 or 32 bytes, in whole blocks. */
async function decryptNonce(channel: CardChannel, options: PaceOptions, suite: CipherSuite): Promise<Uint8Array> {
  const step = 'pace.get-nonce'
  const refused = nonceRefused(step, options.password)
  const answer = await generalAuthenticate(channel, options, { step, data: new Uint8Array(0), refused })
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

/** A chip gives no nonce for a PIN that is suspended or a password that is blocked. */
function nonceRefused(step: string, { password }: AccessPassword): (sw: number) => EmrtdError {
  return (sw) => {
    if (sw === 0x6983)
      return new EmrtdError('PACE_BLOCKED', 'the chip accepts this password no more', {
        step,
        sw,
        params: { password, retries: 0 },
      })
    if (sw === 0x6985 && password === 'PIN') return suspended(step, sw)
    return paceRefused(step)(sw)
  }
}

function suspended(step: string, sw: number): EmrtdError {
  const params = { password: 'PIN', retries: 1 }
  return new EmrtdError('PACE_SUSPENDED', 'the chip wants the card access number before the last try', { step, sw, params })
}

interface Agreement {
  readonly own: Uint8Array
  readonly chip: Uint8Array
  /** The x coordinate of the shared point, or the shared number. */
  readonly secret: Uint8Array
}

/** Step 3: ephemeral key agreement over the mapped generator. */
async function agree(
  channel: CardChannel,
  options: PaceOptions,
  group: KeyAgreementGroup,
  generator: Uint8Array,
): Promise<Agreement> {
  const step = 'pace.agree-key'
  const scalar = group.randomScalar(options.random)
  try {
    const own = await withElement(step, () => group.multiply(scalar, generator))
    const answer = await generalAuthenticate(channel, options, { step, data: encodeTlv(0x83, own), refused: paceRefused(step) })
    const chip = requiredObject(answer, 0x84, step)
    // "the public keys differ" (Doc 9303-11, 4.4.1 step 3c): with our own key back, both tokens would be the same.
    if (equalBytes(chip, own)) throw reflectedKey(step)
    const secret = await withElement(step, () => group.sharedSecret(scalar, chip))
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

/**
 * Step 4: each side shows that it has the keys; ours first, so a wrong password ends here.
 * @returns the encrypted chip authentication data, DO 8A, where it stands
 */
async function exchangeTokens(
  channel: CardChannel,
  options: PaceOptions,
  agreed: Agreement & { readonly suite: CipherSuite; readonly keys: SessionKeys },
): Promise<Uint8Array | undefined> {
  const step = 'pace.exchange-tokens'
  const { suite, keys, own, chip } = agreed
  const { info } = options
  const token = authenticationToken(suite, keys.mac, info, chip)
  const expected = authenticationToken(suite, keys.mac, info, own)
  const refused = tokenRefused(step, options.password.password)
  const answer = await generalAuthenticate(channel, options, { step, data: encodeTlv(0x85, token), last: true, refused })
  const received = requiredObject(answer, 0x86, step)
  options.intermediate?.('token.input_TIFD', tokenInput(info.oid, info.agreement, chip))
  options.intermediate?.('token.input_TIC', tokenInput(info.oid, info.agreement, own))
  options.intermediate?.('token.TIFD', token)
  options.intermediate?.('token.TIC', received)
  if (received.length !== expected.length || !constantTimeEqual(received, expected))
    throw new EmrtdError('PACE_BAD_ANSWER', 'the token of the chip is wrong', { step, params: { reason: 'wrong-token' } })
  return answer.get(0x8a)
}

function mappingOf(
  { info, intermediate }: PaceOptions,
  { chipKey }: MappedNonce,
  proof: Uint8Array | undefined,
): { readonly chipAuthentication?: ChipAuthenticationMapping } {
  if (info.mapping !== 'CAM' || chipKey === undefined) return {}
  if (proof !== undefined) intermediate?.('cam.CAIC', proof.slice())
  return { chipAuthentication: { mappedKey: chipKey, ...(proof === undefined ? {} : { proof }) } }
}
