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

/** The holder's secret number (TR-03110-2). The chip counts wrong tries. */
export interface PinPassword {
  readonly password: 'PIN'
  readonly value: string
  /** Card access number, for a PIN with one try left: the chip then wants it first. */
  readonly can?: string
}

/** The number that makes a blocked PIN work again (TR-03110-2). The chip counts its uses. */
export interface PukPassword {
  readonly password: 'PUK'
  readonly value: string
}

export type AccessPassword = CardAccessNumber | MrzPassword | PinPassword | PukPassword

/** What a password is, by name. */
export type PasswordName = AccessPassword['password']

/** What stands on the document itself: all that a QR or a printed zone gives. */
export type PrintedAccess = Extract<AccessCandidate, { readonly password: 'CAN' | 'MRZ' }>

/** One way to try: which protocol with which password. BAC is tried only where `readChip` is told `allowBac`. */
export type AccessCandidate =
  | ({ readonly protocol: 'PACE' } & CardAccessNumber)
  | ({ readonly protocol: 'PACE' } & MrzPassword)
  | ({ readonly protocol: 'PACE' } & PinPassword)
  | ({ readonly protocol: 'PACE' } & PukPassword)
  | ({ readonly protocol: 'BAC' } & MrzPassword)
