import type { PrivateKeySpec } from '@cccd/crypto'
import type { AccessCandidate, MrzKeyFields, PaceInfo, PaceParameters } from '@cccd/emrtd'
import { checkDigit } from '@cccd/mrz'
import type { CardImage } from '../card/CardImage.js'
import { syntheticCitizen } from '../citizen/syntheticCitizen.js'
import type { DemoAuthority } from '../issuer/DemoIssuer.js'
import { vietnam } from '../issuer/IssuingState.js'
import { scrubRefused } from './scrubRefused.js'

const nobody: DemoAuthority = {
  certificate: new Uint8Array(0),
  privateKey: { type: 'ec', curve: 'P-256', scalar: new Uint8Array(32), point: new Uint8Array(65) },
  algorithm: { type: 'ec', curve: 'P-256', hash: 'sha256' },
}

const unused: MrzKeyFields = { documentNumber: '000000000', dateOfBirth: '000101', dateOfExpiry: '000101' }

/** One way of PACE, and the key that its chip-authentication mapping proves. */
export interface StagedPace {
  readonly info: PaceInfo
  readonly parameters: PaceParameters
  readonly explicit: true | undefined
  readonly key: PrivateKeySpec | undefined
}

/** A card without files that opens with a password: the chip's side of one run of PACE or BAC. */
export function stageCard(password: AccessCandidate, offer?: StagedPace): CardImage {
  return {
    version: 2,
    profile: 'vn-2021',
    quirks: [],
    files: {},
    denied: [],
    citizen: syntheticCitizen(0),
    mrz: zoneFor(password.password === 'MRZ' ? password : unused),
    qr: '',
    can: password.password === 'CAN' ? password.value : '',
    ...(password.password === 'PIN' && { pin: password.value }),
    ...(password.password === 'PUK' && { puk: password.value }),
    pace: offer === undefined ? [] : [offerOf(offer)],
    chipKeys: offer?.key === undefined ? [] : [mappingKeyOf(offer)],
    privateKeys: {},
    securityObject: {},
    signedAt: '2026-01-01T00:00:00Z',
    issuer: { at: '2026-01-01T00:00:00Z', state: vietnam, csca: nobody, signer: nobody, links: [] },
  }
}

function offerOf({ info, parameters, explicit }: StagedPace): CardImage['pace'][number] {
  const { mapping, cipher, parameterId } = info
  const own = explicit === true && parameterId !== undefined ? { explicitId: parameterId } : {}
  return { cipher, mapping, parameterId: parameters.id, ...own }
}

function mappingKeyOf({ info, parameters, key }: StagedPace): CardImage['chipKeys'][number] {
  if (key?.type !== 'ec') throw scrubRefused('unsupported', { step: 'pace' })
  const keyId = info.parameterId ?? parameters.id
  return { use: 'mapping', group: key.curve, keyId, publicKey: key.point, secret: key.scalar }
}

/** A TD1 of which nothing is filled in but what the key is made of. */
function zoneFor({ documentNumber, dateOfBirth, dateOfExpiry }: MrzKeyFields): CardImage['mrz'] {
  const number = documentNumber.padEnd(9, '<')
  if (number.length > 22) throw scrubRefused('structure', { step: 'document-number' })
  const digit = checkDigit(number)
  // Doc 9303-5, 4.2.2, note j: a longer number goes on in the optional data, its check digit behind it.
  const upper = number.length > 9 ? `${number.slice(0, 9)}<${number.slice(9)}${digit}` : number + digit
  const withDigit = (text: string): string => text + checkDigit(text)
  return [`IDUTO${upper}`.padEnd(30, '<'), `${withDigit(dateOfBirth)}<${withDigit(dateOfExpiry)}`.padEnd(30, '<'), '']
}
