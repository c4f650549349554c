import { decodeJson, encodeJson, isCccdError, markPersonal, type PlainData } from '@cccd/core'
import { curveNames, dhGroupNames } from '@cccd/crypto'
import { isFileName } from '@cccd/emrtd'
import { SimulatorError } from '../errors.js'
import { isCardProfileName } from '../profiles/CardProfileName.js'
import { isQuirkId } from '../profiles/QuirkId.js'
import type { CardImage } from './CardImage.js'
import { upgradeCardImage } from './upgradeCardImage.js'

/**
 * A card image as JSON, private keys of the DEMO card and issuer included.
 * @throws TypeError for what is no card image
 */
export function encodeCardImage(card: CardImage): string {
  return encodeJson(card)
}

/**
 * The card image that {@link encodeCardImage} wrote, of this version or of an earlier one.
 * @param files elementary files that stand outside the text; they go before those inside
 * @throws SimulatorError `SIMULATOR_CARD_INVALID`
 */
export function decodeCardImage(text: string, files: CardImage['files'] = {}): CardImage {
  let value: unknown
  try {
    value = upgradeCardImage(decodeJson(text, { maxLength: 4 * 1024 * 1024 }) as PlainData)
  } catch (cause) {
    throw isCccdError(cause) ? new SimulatorError('SIMULATOR_CARD_INVALID', 'not JSON of a card image', { cause }) : cause
  }
  assertCardImage(value)
  return markPersonal({ ...value, files: { ...value.files, ...files } }, 'CardImage')
}

type Test = (value: PlainData) => boolean

const isText: Test = (value) => typeof value === 'string'
const isBytes: Test = (value) => value instanceof Uint8Array
const isNumber: Test = (value) => Number.isInteger(value)
const isRecord = (value: PlainData): value is { readonly [key: string]: PlainData } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)

const shape =
  (members: Readonly<Record<string, Test>>): Test =>
  (value) =>
    isRecord(value) && Object.entries(members).every(([name, test]) => test(value[name]))
const list =
  (test: Test): Test =>
  (value) =>
    Array.isArray(value) && value.every(test)
const optional =
  (test: Test): Test =>
  (value) =>
    value === undefined || test(value)
const matches =
  (pattern: RegExp): Test =>
  (value) =>
    typeof value === 'string' && pattern.test(value)

const isCurve: Test = (value) => curveNames.some((name) => name === value)
const isCipher = matches(/^(3DES|AES-(128|192|256))$/)
const isGroup: Test = (value) => isCurve(value) || dhGroupNames.some((name) => name === value)
const isFile: Test = (value) => typeof value === 'string' && isFileName(value)

const isPrivateKey: Test = (value) =>
  isRecord(value) && value.type === 'rsa'
    ? shape({ modulus: isBytes, exponent: isBytes, privateExponent: isBytes, primes: list(isBytes) })(value)
    : shape({ type: matches(/^ec$/), curve: isCurve, scalar: isBytes, point: isBytes })(value)
const isAlgorithm: Test = (value) =>
  isRecord(value) && value.type === 'rsa'
    ? shape({ bits: isNumber, hash: isText })(value)
    : shape({ type: matches(/^ec$/), curve: isCurve, hash: isText })(value)
const isState = shape({ alpha2: matches(/^[A-Z]{2,3}$/), alpha3: matches(/^[A-Z]{3}$/), documentTypes: list(isText) })
const isAuthority = shape({ certificate: isBytes, privateKey: isPrivateKey, algorithm: isAlgorithm })
const isAddresses = shape({ lists: optional(isText), ocsp: optional(isText), issuers: optional(isText) })
const isInstant = matches(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/)
const isDate = matches(/^\d{4}-\d\d-\d\d$/)

const isDocument = shape({
  format: matches(/^TD[123]$/),
  issuingState: matches(/^[A-Z]{1,3}$/),
  documentNumber: matches(/^[A-Z0-9]{1,22}$/),
  optionalData: matches(/^[A-Z0-9<]{0,15}$/),
  primaryIdentifier: isText,
  secondaryIdentifier: isText,
})
const isChipKey = shape({
  use: matches(/^(chip-authentication|mapping)$/),
  group: isGroup,
  keyId: optional(isNumber),
  cipher: optional(isCipher),
  publicKey: isBytes,
  secret: optional(isBytes),
})

const parts: Readonly<Record<keyof CardImage, Test>> = {
  version: (value) => value === 2,
  profile: (value) => typeof value === 'string' && isCardProfileName(value),
  quirks: list((value) => typeof value === 'string' && isQuirkId(value)),
  files: (value) => isRecord(value) && Object.entries(value).every(([name, bytes]) => isFileName(name) && isBytes(bytes)),
  denied: list(isFile),
  citizen: shape({
    personalNumber: matches(/^(\d{12})?$/),
    fullName: isText,
    dateOfBirth: isDate,
    sex: matches(/^(fe)?male$/),
    placeOfResidence: isText,
    dateOfIssue: isDate,
    dateOfExpiry: matches(/^(none|\d{4}-\d\d-\d\d)$/),
    generation: matches(/^20(21|24)$/),
    document: optional(isDocument),
  }),
  mrz: (value) =>
    Array.isArray(value) &&
    (value.length === 3
      ? value.every(matches(/^[A-Z0-9<]{30}$/))
      : value.length === 2 && value.every(matches(/^[A-Z0-9<]{36}$|^[A-Z0-9<]{44}$/))),
  qr: isText,
  can: matches(/^\d{6}$/),
  pin: optional(matches(/^\d{6}$/)),
  puk: optional(matches(/^\d{10}$/)),
  pace: list(
    shape({
      cipher: isCipher,
      parameterId: isNumber,
      mapping: optional(matches(/^(GM|IM|CAM)$/)),
      explicitId: optional(isNumber),
    }),
  ),
  chipKeys: list(isChipKey),
  activeAuthentication: optional((value) =>
    isRecord(value) && value.type === 'rsa' ? isText(value.trailer) : shape({ type: matches(/^ecdsa$/), hash: isText })(value),
  ),
  privateKeys: shape({ activeAuthentication: optional(isPrivateKey) }),
  signedAt: isInstant,
  securityObject: isRecord,
  issuer: shape({
    at: isInstant,
    state: isState,
    addresses: optional(isAddresses),
    csca: isAuthority,
    signer: isAuthority,
    links: list(isBytes),
  }),
}

/** Looks at every part that the software card uses. */
function assertCardImage(value: unknown): asserts value is CardImage {
  const wrong = Object.entries(parts).find(([name, test]) => !shape({ [name]: test })(value as PlainData))
  if (wrong !== undefined)
    throw new SimulatorError('SIMULATOR_CARD_INVALID', 'a part of the card image is missing or malformed', {
      params: { part: wrong[0] },
    })
}
