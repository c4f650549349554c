import type { MrzKeyFields } from '../kdf/mrzInformation.js'

/** The card access number: the last six digits of the personal number on the Vietnamese card. */
export interface CardAccessNumber {
  readonly password: 'CAN'
  readonly value: string
}

/** The key that the MRZ spells. */
export interface MrzPassword extends MrzKeyFields {
  readonly password: 'MRZ'
}

export type AccessPassword = CardAccessNumber | MrzPassword

/** One way to try: which protocol with which password. BAC is tried only where `readChip` is told `allowBac`. */
export type AccessCandidate =
  | ({ readonly protocol: 'PACE' } & CardAccessNumber)
  | ({ readonly protocol: 'PACE' } & MrzPassword)
  | ({ readonly protocol: 'BAC' } & MrzPassword)
