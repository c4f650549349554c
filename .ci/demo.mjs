// npm run demo: installs and builds what it needs, then the whole way in one go.
import { install } from './setup.mjs'

install()
process.argv.splice(2, 0, 'demo')
await import('./cccd.mjs')
