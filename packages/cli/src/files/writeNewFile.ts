import { randomUUID } from 'node:crypto'
import { link, rename, rm, writeFile } from 'node:fs/promises'
import { CliError } from '../errors.js'
import { fileError } from './readInput.js'

/**
 * Writes a file whole or not at all. @throws CliError `CLI_EXISTS` when one stands there and may not be replaced
 */
export async function writeNewFile(path: string, content: Uint8Array | string, replace: boolean): Promise<void> {
  const draft = `${path}.${randomUUID()}.tmp`
  try {
    await writeFile(draft, content, { mode: 0o644, flag: 'wx' })
    if (replace) await rename(draft, path)
    else await link(draft, path)
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')
      throw new CliError('CLI_EXISTS', 'file exists', { cause })
    throw fileError(cause)
  } finally {
    await rm(draft, { force: true })
  }
}
