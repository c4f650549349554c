// What is asked for only where somebody wants it, in one part that is loaded then.
export { chainProfile } from './chain/chainProfile.js'
export { chainRevocation } from './chain/chainRevocation.js'
export { signingCertificateProblem } from './cms/signingCertificate.js'
