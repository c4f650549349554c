export { type ServeVpcdOptions, serveVpcd, type VpcdCard, type VpcdServer } from './serveVpcd.js'
