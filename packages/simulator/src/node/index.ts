export {
  type AuthorityFaults,
  type AuthorityHost,
  type HostFault,
  hostFaults,
  type ServeAuthorityOptions,
  serveAuthority,
} from './serveAuthority.js'
export { type ServeVpcdOptions, serveVpcd, type VpcdCard, type VpcdServer } from './serveVpcd.js'
