// What a reading needs once the chip or the caller has shown that there is such a thing, in one part that is loaded then: integrated mapping,
// EF.CardSecurity, faces, the details of DG11 and DG12, revocation data, the answer of the ministry's service.
export { mapIntegrated } from './pace/mapIntegrated.js'
export { proveMapping } from './read/proveMapping.js'
export { authenticCardSecurity } from './verify/cardSecurityGround.js'
export { detailClaims } from './verify/detailClaims.js'
export { onlineIssuerCheck } from './verify/onlineConfirmation.js'
export { portraitClaims } from './verify/portraitClaims.js'
export { revocationUsed } from './verify/revocationUsed.js'
