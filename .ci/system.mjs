// System packages that tests talk to (a real PC/SC stack, a browser), installed where that is possible: Debian, as root.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { run } from './setup.mjs'

const wanted = [
  ['pcscd', '/usr/sbin/pcscd'],
  ['libpcsclite-dev', '/usr/include/PCSC/winscard.h'],
  ['vsmartcard-vpcd', '/usr/lib/pcsc/drivers/serial/libifdvpcd.so'],
  ['gcc', '/usr/bin/gcc'],
  ['g++', '/usr/bin/g++'],
  ['make', '/usr/bin/make'],
  ['python3', '/usr/bin/python3'],
  ['python3-pyscard', '/usr/lib/python3/dist-packages/smartcard'],
  ['python3-pycryptodome', '/usr/lib/python3/dist-packages/Cryptodome'],
  ['chromium', '/usr/bin/chromium'],
  ['openssl', '/usr/bin/openssl'],
]

/** Installs what is missing; returns the packages that are missing still. */
export function installSystemPackages() {
  const missing = () => wanted.filter(([, path]) => !existsSync(path)).map(([name]) => name)
  const names = missing()
  if (names.length === 0 || process.platform !== 'linux' || !existsSync('/usr/bin/apt-get')) return names
  const sudo = process.getuid?.() === 0 ? [] : spawnSync('sudo', ['-n', 'true']).status === 0 ? ['sudo', '-n'] : undefined
  if (sudo === undefined) return names
  console.log(`installing system packages: ${names.join(' ')} …`)
  const apt = (...args) => {
    const [program, ...rest] = [...sudo, 'apt-get', ...args]
    return run(program, rest, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  }
  apt('update', '-qq')
  apt('install', '-y', '-qq', '--no-install-recommends', ...names)
  return missing()
}
