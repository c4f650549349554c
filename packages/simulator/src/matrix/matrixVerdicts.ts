import type { ProfileCode } from '@cccd/pki/profile'
import type { MatrixCheck, MatrixVerdict } from './MatrixVerdict.js'

const says =
  (check: MatrixCheck) =>
  (text: string, ...profile: ProfileCode[]): MatrixVerdict => ({ check, says: text, ...(profile.length > 0 && { profile }) })
export const sod = says('sod.signature')
export const csca = says('chain.csca')
export const now = says('chain.validity-now')
export const link = says('chain.csca over a link')
export const linkNow = says('chain.validity-now over a link')
export const list = says('master list')
export const deviation = says('deviation list')
export const profile = (...codes: ProfileCode[]): MatrixVerdict => ({ profile: codes })
export const unknown = (reason: string): MatrixVerdict => csca(`inconclusive: revocation-unknown (${reason})`)

/** What verifies under a key that may not have made it. */
export const notOfKey = { csca: csca('failed: signature-wrong'), signer: sod('failed: signature-wrong') }

/** A link that no anchor's key signed says nothing about the signer. */
export const noLink = link('inconclusive: no-trust-anchor')
