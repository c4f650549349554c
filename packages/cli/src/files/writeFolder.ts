import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { CliError } from '../errors.js'
import { fileError, kindAt } from './readInput.js'

/** Names that this program writes: `--force` replaces a folder only when nothing else is in it. */
const ours = /^(EF_[A-Za-z0-9]+\.bin|reading\.json|report\.json|card\.json|qr\.(png|txt)|csca\.cer|signer\.cer|portrait\.\w+)$/

export interface WriteFolderOptions {
  /** Replace a folder that was written before. */
  readonly force?: boolean
}

/**
 * Writes files into a new folder, all or none: they are written beside it and take its name at the end. Readable by the
 * owner only, since they hold personal data.
 * @throws CliError `CLI_EXISTS` when something stands there that may not be replaced
 */
export async function writeFolder(
  path: string,
  content: Readonly<Record<string, Uint8Array | string>>,
  options: WriteFolderOptions = {},
): Promise<void> {
  const target = resolve(path)
  await assertFree(target, options)
  let draft: string | undefined
  try {
    await mkdir(dirname(target), { recursive: true })
    draft = await mkdtemp(join(dirname(target), `.${basename(target)}-`))
    for (const [name, bytes] of Object.entries(content)) await writeFile(join(draft, name), bytes, { mode: 0o600 })
    await rm(target, { recursive: true, force: true })
    await rename(draft, target)
  } catch (cause) {
    if (draft !== undefined) await rm(draft, { recursive: true, force: true })
    throw fileError(cause)
  }
}

/** Fails early, before a card is read for nothing. An empty folder is free. @throws CliError `CLI_EXISTS` */
export async function assertFree(path: string, { force = false }: WriteFolderOptions): Promise<void> {
  const kind = await kindAt(path)
  if (kind === undefined) return
  if (kind === 'file') throw new CliError('CLI_EXISTS', 'a file has the name of the folder')
  const entries = await readdir(path, { withFileTypes: true })
  if (entries.length === 0) return
  if (!force) throw new CliError('CLI_EXISTS', 'folder exists')
  if (entries.some((entry) => !entry.isFile() || !ours.test(entry.name)))
    throw new CliError('CLI_EXISTS', 'folder holds other files', { params: { reason: 'other files' } })
}
