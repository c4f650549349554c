// A real PC/SC daemon with virtual readers, for tests and demonstrations on Linux. One daemon a machine:
// whoever uses it holds the lock; `startPcsc` finds the one that runs, `stopPcsc` ends only what it started itself.
import { execFileSync, spawn } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const daemon = '/usr/sbin/pcscd'
const driver = '/usr/lib/pcsc/drivers/serial/libifdvpcd.so'
const socket = '/run/pcscd/pcscd.comm'
const daemonPidFile = '/run/pcscd/pcscd.pid'
const state = process.env.CCCD_PCSC_STATE ?? join(tmpdir(), 'cccd-pcsc')
const lockFile = join(state, 'lock')
const pidFile = join(state, 'pcscd.pid')
const firstPort = 35963
const slots = 2

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

/** Why the stack cannot run here, or undefined when it can. */
export function pcscUnavailable() {
  if (process.platform !== 'linux') return `virtual readers are set up on Linux only, this is ${process.platform}`
  for (const file of [daemon, driver]) if (!existsSync(file)) return `${file} is missing: apt-get install pcscd vsmartcard-vpcd`
  if (process.getuid?.() !== 0) return 'pcscd with virtual readers is started by root only'
  const foreign = foreignDaemon()
  return foreign === undefined ? undefined : `another pcscd (${foreign}) runs on this machine`
}

/** Waits until no other suite holds the stack, then holds it; the function that comes back lets go. */
export async function lockPcsc({ timeout = 600_000 } = {}) {
  mkdirSync(state, { recursive: true })
  const end = Date.now() + timeout
  for (;;) {
    try {
      writeFileSync(lockFile, String(process.pid), { flag: 'wx' })
      return () => rmSync(lockFile, { force: true })
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    const holder = numberIn(lockFile)
    // Between creation and content a lock is empty for a moment; only an old empty one is left over from a crash.
    if (holder === undefined ? ageOf(lockFile) > 5_000 : !isAlive(holder)) rmSync(lockFile, { force: true })
    else if (Date.now() > end) throw new Error(`the PC/SC stack is held by process ${holder}`)
    else await sleep(100)
  }
}

/** The daemon with at least `readers` virtual readers, for short APDUs only where `short` says so; started unless it already runs. */
export async function startPcsc({ readers = slots, short = false } = {}) {
  const reason = pcscUnavailable()
  if (reason !== undefined) throw new Error(reason)
  const running = ownDaemon()
  if (running !== undefined) return { pid: running, started: false, readers: configured() }

  clearLeftovers()
  const configuration = join(state, 'readers')
  rmSync(configuration, { recursive: true, force: true })
  mkdirSync(configuration, { recursive: true })
  const devices = Math.ceil(readers / slots)
  writeFileSync(join(state, 'devices'), String(devices))
  writeFileSync(
    join(configuration, 'vpcd'),
    Array.from({ length: devices }, (_, device) => entry(device, short ? shortDriver() : driverOf(device))).join('\n'),
  )
  const log = openSync(join(state, 'pcscd.log'), 'w')
  const child = spawn(daemon, ['--foreground', '--config', configuration], {
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...process.env, LD_PRELOAD: preload() },
  })
  writeFileSync(pidFile, String(child.pid))
  child.unref()
  const end = Date.now() + 10_000
  while (!(existsSync(socket) && configured().every(({ port }) => isListening(port)))) {
    if (Date.now() > end || child.exitCode !== null)
      throw new Error(`pcscd did not start: ${readFileSync(join(state, 'pcscd.log'), 'utf8').slice(-500)}`)
    await sleep(20)
  }
  return { pid: child.pid, started: true, readers: configured() }
}

/** Ends the daemon that `startPcsc` started, if it still runs. */
export async function stopPcsc({ signal = 'SIGTERM' } = {}) {
  const pid = ownDaemon()
  if (pid === undefined) return false
  process.kill(pid, signal)
  const end = Date.now() + 5_000
  while (ownDaemon() === pid) {
    if (Date.now() > end) process.kill(pid, 'SIGKILL')
    await sleep(10)
  }
  rmSync(pidFile, { force: true })
  clearLeftovers()
  return true
}

function entry(device, library) {
  const port = `0x${(firstPort + slots * device).toString(16).toUpperCase()}`
  return `FRIENDLYNAME "${friendlyName(device)}"\nDEVICENAME /dev/null:${port}\nLIBPATH ${library}\nCHANNELID ${port}\n`
}

function friendlyName(device) {
  return device === 0 ? 'Virtual PCD' : `Virtual PCD ${device}`
}

function configured() {
  const devices = numberIn(join(state, 'devices')) ?? 1
  return Array.from({ length: devices * slots }, (_, index) => {
    const device = Math.floor(index / slots)
    return { name: `${friendlyName(device)} 00 0${index % slots}`, host: '127.0.0.1', port: firstPort + index }
  })
}

function preload() {
  return compiled('loopback')
}

/** vpcd 3.3 keeps its slots by their number within a device, so that two devices of one library would share them. */
function driverOf(device) {
  if (device === 0) return driver
  const copy = join(state, `vpcd-${device}.so`)
  copyFileSync(driver, copy)
  return copy
}

function shortDriver() {
  return compiled('short', ['-I/usr/include/PCSC', `-DVPCD="${driver}"`])
}

/** A library of this folder, compiled once for each version of its source. */
function compiled(name, flags = []) {
  const source = join(here, `${name}.c`)
  const library = join(state, `${name}-${Math.round(statSync(source).mtimeMs)}.so`)
  if (!existsSync(library)) execFileSync('cc', ['-O2', '-shared', '-fPIC', ...flags, '-o', library, source, '-ldl'])
  return library
}

function numberIn(file) {
  try {
    const value = Number.parseInt(readFileSync(file, 'utf8'), 10)
    return Number.isInteger(value) ? value : undefined
  } catch {
    return undefined
  }
}

function ageOf(file) {
  try {
    return Date.now() - statSync(file).mtimeMs
  } catch {
    return 0
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function isDaemon(pid) {
  try {
    return readlinkSync(`/proc/${pid}/exe`).startsWith(daemon)
  } catch {
    return false
  }
}

function ownDaemon() {
  const pid = numberIn(pidFile)
  return pid !== undefined && isDaemon(pid) ? pid : undefined
}

function foreignDaemon() {
  const pid = numberIn(daemonPidFile)
  return pid !== undefined && isDaemon(pid) && pid !== ownDaemon() ? pid : undefined
}

/** A daemon that was killed leaves its files, and the next one refuses to start while that pid exists, be it a zombie. */
function clearLeftovers() {
  const pid = numberIn(daemonPidFile)
  if (pid !== undefined && isDaemon(pid)) return
  rmSync(daemonPidFile, { force: true })
  rmSync(socket, { force: true })
}

/** Read from the kernel's table: to connect would put a card into the reader. */
function isListening(port) {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  return readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .some((line) => {
      const [, local, , status] = line.trim().split(/\s+/)
      return status === '0A' && local?.endsWith(suffix) === true
    })
}
