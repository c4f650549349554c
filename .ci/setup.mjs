// What every command of the repository needs first: the npm packages of the lock file, once.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** Runs a program to its end; on Windows npm and npx are command files and need a shell. */
export function run(program, args, options = {}) {
  const shell = process.platform === 'win32' && /^(npm|npx)$/.test(program)
  const { status, signal, error } = spawnSync(program, args, { cwd: root, stdio: 'inherit', shell, ...options })
  if (error !== undefined && error.code !== 'ENOENT') console.error(error.message)
  return signal === null ? (status ?? 1) : 1
}

/** Whether node_modules is what the lock file says. */
function installed() {
  const marker = join(root, 'node_modules/.package-lock.json')
  if (!existsSync(marker)) return false
  if (statSync(marker).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs) return true
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const have = JSON.parse(readFileSync(marker, 'utf8')).packages
  return Object.entries(wanted).every(
    ([path, { version, optional, link }]) =>
      path === '' || optional === true || link === true || !path.startsWith('node_modules/') || have[path]?.version === version,
  )
}

/** Installs the packages of the lock file when they are not there. */
export function install({ force = false } = {}) {
  if (!force && installed()) return
  console.log('installing packages …')
  // Not `npm ci`: it refuses a lock file that misses the optional packages of another platform, and some are published late.
  const status = run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'])
  if (status !== 0) process.exit(status)
}
