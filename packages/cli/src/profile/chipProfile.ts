import type { AccessCandidate, ChipReading } from '@cccd/emrtd'
import type { Trace } from '@cccd/iso7816'
import { activeAuthenticationProfile, chipAuthenticationProfile } from './authenticationProfile.js'
import { dg13Profile } from './dg13Profile.js'
import type { Facts } from './Facts.js'
import { commonProfile, faceProfile, filesProfile, mrzProfile } from './filesProfile.js'
import { accessProfile, linkProfile } from './linkProfile.js'
import { signerProfile } from './signerProfile.js'

/**
 * What kind of chip a card has. Everything in it is the same for every holder of the same kind of card: no lengths of names or
 * images, no dates, no field whose presence says something of a person (parents, spouse, former number, marks).
 */
export interface ChipProfile {
  readonly version: 1
  readonly link: Facts
  readonly probes: Facts
  readonly access: Facts
  readonly files: Facts
  readonly common: Facts
  readonly signer: Facts
  readonly activeAuthentication: Facts
  readonly chipAuthentication: Facts
  readonly mrz: Facts
  readonly face: Facts
  readonly dg13: Facts
  /** `field number: string types`, fields that depend on the holder left out. */
  readonly dg13Fields: Facts
}

export interface ChipProfileInput {
  /** A reading that asked for every file. */
  readonly reading: ChipReading
  readonly trace: Trace
  /** The candidates that it was opened with. */
  readonly access: readonly AccessCandidate[]
  /** What the chip said to commands in clear. */
  readonly probes: Facts
}

/** The profile of a chip that was read. */
export async function chipProfile({ reading, trace, access, probes }: ChipProfileInput): Promise<ChipProfile> {
  const { facts: dg13, fields: dg13Fields } = await dg13Profile(reading.files.DG13)
  return {
    version: 1,
    link: linkProfile(reading, trace),
    probes,
    access: await accessProfile(reading, access),
    files: await filesProfile(reading),
    common: await commonProfile(reading.files.COM),
    signer: await signerProfile(reading.files.SOD),
    activeAuthentication: await activeAuthenticationProfile(reading),
    chipAuthentication: await chipAuthenticationProfile(reading),
    mrz: await mrzProfile(reading),
    face: await faceProfile(reading.files.DG2),
    dg13,
    dg13Fields,
  }
}
