// npm run build: every package, floor by floor, because the declarations of one stand on those of the floors below.
import { join } from 'node:path'
import { packages } from './packages.mjs'
import { install, root, run } from './setup.mjs'

install()
const floors = [...new Set(Object.values(packages).map(({ floor }) => floor))].sort((a, b) => a - b)
for (const floor of floors) {
  const names = Object.keys(packages).filter((name) => packages[name].floor === floor)
  const env = { ...process.env, CCCD_PACKAGES: names.join(',') }
  const status = run(process.execPath, [join(root, 'node_modules/tsup/dist/cli-default.js'), '--silent'], { env })
  if (status !== 0) {
    console.error(`floor ${floor} was not built: ${names.join(', ')}`)
    process.exit(status)
  }
}
