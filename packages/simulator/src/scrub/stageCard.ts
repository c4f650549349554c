import type { AccessCandidate, MrzKeyFields, PaceInfo } from '@cccd/emrtd'
import { checkDigit } from '@cccd/mrz'
import type { CardImage } from '../card/CardImage.js'
import { syntheticCitizen } from '../citizen/syntheticCitizen.js'
import type { DemoAuthority } from '../issuer/DemoIssuer.js'
import { scrubRefused } from './scrubRefused.js'

const nobody: DemoAuthority = {
  certificate: new Uint8Array(0),
  privateKey: { type: 'ec', curve: 'P-256', scalar: new Uint8Array(32), point: new Uint8Array(65) },
  algorithm: { type: 'ec', curve: 'P-256', hash: 'sha256' },
}

/** A card without files that opens with a password: the chip's side of one run of PACE or BAC. */
export function stageCard(password: AccessCandidate, info?: PaceInfo): CardImage {
  return {
    version: 1,
    files: {},
    denied: [],
    citizen: syntheticCitizen(0),
    mrz: password.password === 'MRZ' ? zoneFor(password) : ['', '', ''],
    qr: '',
    can: password.password === 'CAN' ? password.value : '',
    pace: info === undefined ? [] : [offerOf(info)],
    privateKeys: {},
    signedAt: '2026-01-01T00:00:00Z',
    issuer: { at: '2026-01-01T00:00:00Z', csca: nobody, signer: nobody, links: [] },
  }
}

function offerOf({ mapping, agreement, cipher, parameterId }: PaceInfo): CardImage['pace'][number] {
  if (mapping !== 'GM' || agreement !== 'ECDH' || parameterId === undefined)
    throw scrubRefused('unsupported', { step: 'pace', mapping, agreement })
  return { cipher, parameterId }
}

/** A TD1 of which nothing is filled in but what the key is made of. */
function zoneFor({ documentNumber, dateOfBirth, dateOfExpiry }: MrzKeyFields): CardImage['mrz'] {
  if (documentNumber.length > 9) throw scrubRefused('unsupported', { step: 'document-number' })
  const number = documentNumber.padEnd(9, '<')
  const withDigit = (text: string): string => text + checkDigit(text)
  return [`IDUTO${withDigit(number)}`.padEnd(30, '<'), `${withDigit(dateOfBirth)}<${withDigit(dateOfExpiry)}`.padEnd(30, '<'), '']
}
