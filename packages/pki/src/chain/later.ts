// What a chain is asked for only where somebody wants it, in one part that is loaded then.
export { chainProfile } from './chainProfile.js'
export { chainRevocation } from './chainRevocation.js'
