import { randomUUID } from 'node:crypto'
import { open, readFile, rename, rm } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { PkiError } from '../errors.js'
import { addPinEvent, emptyPinFile, formatPinFile, type PinEvent, type PinFile, parsePinFile } from '../trust/pinFile.js'

const maxTries = 100
const pause = 50

/**
 * The pin file at a path. @throws PkiError `PKI_PATH_UNREADABLE`, `PKI_BAD_PIN_FILE`
 * @example
 * const trust = await createTrustStore({ pins: pinsOf(await readPinFile('pins.json')) })
 */
export async function readPinFile(path: string): Promise<PinFile> {
  try {
    return parsePinFile(await readFile(path, 'utf8'))
  } catch (cause) {
    if (cause instanceof PkiError) throw cause
    throw new PkiError('PKI_PATH_UNREADABLE', 'path cannot be read', { cause })
  }
}

/**
 * Adds an event to the pin file at a path, which is made when it is not there. Whole or not at all, and one after the other: a file
 * `PATH.lock` stands beside it meanwhile.
 *
 * @throws PkiError as `addPinEvent` and {@link readPinFile}, `PKI_PIN_FILE_BUSY` when the lock stands for five seconds
 * @example
 * await updatePinFile('pins.json', { action: 'pin', fingerprint, operator: 'binh', at: new Date().toISOString() })
 */
export async function updatePinFile(path: string, event: PinEvent): Promise<PinFile> {
  const lock = `${path}.lock`
  await acquire(lock)
  const draft = `${path}.${randomUUID()}.tmp`
  try {
    const file = addPinEvent((await existing(path)) ?? emptyPinFile, event)
    const handle = await open(draft, 'wx', 0o644)
    try {
      await handle.writeFile(formatPinFile(file))
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, path)
    return file
  } catch (cause) {
    if (cause instanceof PkiError) throw cause
    throw new PkiError('PKI_PATH_UNREADABLE', 'pin file cannot be written', { cause })
  } finally {
    await rm(draft, { force: true })
    await rm(lock, { force: true })
  }
}

async function existing(path: string): Promise<PinFile | undefined> {
  try {
    return await readPinFile(path)
  } catch (error) {
    if (error instanceof PkiError && error.cause instanceof Error && 'code' in error.cause && error.cause.code === 'ENOENT')
      return undefined
    throw error
  }
}

async function acquire(lock: string): Promise<void> {
  for (let tries = 0; tries < maxTries; tries++)
    try {
      await (await open(lock, 'wx')).close()
      return
    } catch (cause) {
      if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST'))
        throw new PkiError('PKI_PATH_UNREADABLE', 'pin file cannot be written', { cause })
      await setTimeout(pause)
    }
  throw new PkiError('PKI_PIN_FILE_BUSY', 'pin file is locked')
}
