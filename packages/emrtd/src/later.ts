// What a reading needs once the chip has shown that it has it, in one part that is loaded then: integrated mapping, EF.CardSecurity,
// faces, the details of DG11 and DG12.
export { mapIntegrated } from './pace/mapIntegrated.js'
export { proveMapping } from './read/proveMapping.js'
export { authenticCardSecurity } from './verify/cardSecurityGround.js'
export { detailClaims } from './verify/detailClaims.js'
export { portraitClaims } from './verify/portraitClaims.js'
