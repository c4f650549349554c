import { vietnam } from '../issuer/IssuingState.js'
import type { KeyAlgorithm } from '../issuer/KeyAlgorithm.js'
import type { CardPlan } from './CardPlan.js'

const explicit = (curve: 'brainpoolP512r1' | 'brainpoolP384r1', hash: 'sha512' | 'sha384'): KeyAlgorithm => ({
  type: 'ec',
  curve,
  hash,
  form: 'explicit',
})

/** The Vietnamese card: COM, SOD, DG1, DG2, DG3 (closed), DG13, DG14, DG15. */
export const vietnamesePlan: CardPlan = {
  format: 'TD1',
  state: vietnam,
  algorithms: { csca: explicit('brainpoolP512r1', 'sha512'), signer: explicit('brainpoolP384r1', 'sha384') },
  signerCountry: 'as-csca',
  renewedCsca: false,
  pace: [{ cipher: 'AES-128', parameterId: 13 }],
  chipAuthentication: [{ cipher: 'AES-128', group: 'brainpoolP256r1' }],
  aa: 'rsa-1536',
  trailer: 'BC',
  signatureFormat: 'plain',
  face: 'ISO/IEC 19794-5',
  dataGroups: ['DG3', 'DG13'],
  details: 'standard',
  dg13: 'vietnamese',
  blankCheckDigit: '0',
  securityObject: {},
  pin: false,
}

/** Named curves: OpenSSL and the like take them. */
const named: CardPlan['algorithms'] = {
  csca: { type: 'ec', curve: 'P-384', hash: 'sha384', form: 'named' },
  signer: { type: 'ec', curve: 'P-256', hash: 'sha256', form: 'named' },
}

/** Keys of an issuer that signs with RSA. */
export const rsaAlgorithms: CardPlan['algorithms'] = {
  csca: { type: 'rsa', bits: 2048, hash: 'sha256' },
  signer: { type: 'rsa', bits: 2048, hash: 'sha256' },
}

/** A document of another state. */
export function foreignPlan(alpha2: string, alpha3: string, changes: Partial<CardPlan> = {}): CardPlan {
  const format = changes.format ?? 'TD3'
  return {
    ...vietnamesePlan,
    format,
    state: { alpha2, alpha3, documentTypes: [format === 'TD3' ? 'P' : 'I'] },
    algorithms: named,
    aa: 'none',
    chipAuthentication: [],
    dataGroups: [],
    securityObject: { ldsVersion: 1 },
    ...changes,
  }
}
