import type { Iso9796Trailer } from '@cccd/crypto'
import type { FileName } from '@cccd/emrtd'
import type { ActiveAuthenticationKeyName } from '../card/activeAuthenticationKey.js'
import type { TravelDocumentFormat } from '../citizen/TravelDocument.js'
import type { IssuingState } from '../issuer/IssuingState.js'
import type { KeyAlgorithm } from '../issuer/KeyAlgorithm.js'
import type { SecurityObjectForm } from '../issuer/SecurityObjectForm.js'
import type { FaceStandard } from '../lds/dg2.js'
import type { ListDeviation } from '../lds/listedElements.js'
import type { ChipAuthenticationOffer, PaceOffer } from '../lds/protocols.js'

/** Data groups that a card may have beside DG1, DG2, and DG14 and DG15, which follow from its keys. */
export type OptionalDataGroup = 'DG3' | 'DG5' | 'DG7' | 'DG11' | 'DG12' | 'DG13' | 'DG16'

/** How cards of a kind are personalised and by whom. */
export interface CardPlan {
  readonly format: TravelDocumentFormat
  readonly state: IssuingState
  readonly algorithms: { readonly csca: KeyAlgorithm; readonly signer: KeyAlgorithm }
  /** How the signer's certificate writes the country: as the country CA does, or in lower case. */
  readonly signerCountry: 'as-csca' | 'lower-case'
  /** The country CA's key has changed since a verifier heard of it: a link certificate leads from the old one. */
  readonly renewedCsca: boolean
  readonly pace: readonly PaceOffer[]
  readonly chipAuthentication: readonly ChipAuthenticationOffer[]
  readonly aa: ActiveAuthenticationKeyName | 'none'
  /** Of an RSA key. */
  readonly trailer: Iso9796Trailer
  /** Of an ECDSA key. */
  readonly signatureFormat: 'plain' | 'der'
  /** How DG2 encodes the face. */
  readonly face: FaceStandard
  readonly dataGroups: readonly OptionalDataGroup[]
  /** Data groups that EF.COM lists; where absent, those that are there. */
  readonly listed?: readonly FileName[]
  /** How DG11 lists names: as the standard has it, as Belarus or as China. */
  readonly details: 'standard' | ListDeviation
  readonly dg13: 'vietnamese' | 'not-tlv'
  /** Check digit of empty optional data in a TD3. */
  readonly blankCheckDigit: '<' | '0'
  readonly securityObject: SecurityObjectForm
  readonly pin: boolean
}
