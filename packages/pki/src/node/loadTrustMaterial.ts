import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { isCccdError } from '@cccd/core'
import { PkiError } from '../errors.js'
import type { AnchorInput, MasterListInput } from '../trust/createTrustStore.js'
import { readTrustFile, type TrustFile } from '../trust/readTrustFile.js'

/** What was found, as `createTrustStore` takes it. */
export interface LoadedTrustMaterial {
  readonly anchors: readonly AnchorInput[]
  readonly masterLists: readonly MasterListInput[]
  /** Names of files inside the directories that hold neither. */
  readonly skipped: readonly string[]
}

const maxFileLength = 64 * 1024 * 1024
const maxFiles = 10_000
const maxDepth = 4

/**
 * Country CAs and master lists from files (DER, PEM, CMS) and directories. In a directory, other files are skipped and named;
 * a path that is given by itself must hold something. Sources are file names without their directories.
 *
 * @throws PkiError `PKI_PATH_UNREADABLE`, `PKI_NO_TRUST_MATERIAL`, `PKI_BAD_PEM`
 * @example
 * const trust = await createTrustStore(await loadTrustMaterial(['/etc/cccd/trust', 'DE_ML.ml']))
 */
export async function loadTrustMaterial(paths: readonly string[]): Promise<LoadedTrustMaterial> {
  const anchors: AnchorInput[] = []
  const masterLists: MasterListInput[] = []
  const skipped: string[] = []
  const take = (file: TrustFile): void => {
    anchors.push(...file.anchors)
    masterLists.push(...file.masterLists)
  }
  for (const path of paths) {
    if (!(await reading(stat(path))).isDirectory()) {
      take(await readOne(path))
      continue
    }
    const before = anchors.length + masterLists.length
    for (const file of await filesBelow(path))
      try {
        take(await readOne(file))
      } catch (error) {
        if (!isCccdError(error, 'PKI_NO_TRUST_MATERIAL') && !isCccdError(error, 'PKI_BAD_PEM')) throw error
        skipped.push(basename(file))
      }
    if (anchors.length + masterLists.length === before)
      throw new PkiError('PKI_NO_TRUST_MATERIAL', 'directory holds neither certificates nor master lists')
  }
  return { anchors, masterLists, skipped }
}

async function readOne(path: string): Promise<TrustFile> {
  const { size } = await reading(stat(path))
  if (size > maxFileLength) throw new PkiError('PKI_NO_TRUST_MATERIAL', 'file is larger than allowed', { params: { size } })
  return readTrustFile(new Uint8Array(await reading(readFile(path))), basename(path))
}

/** Files in and below a directory in the order of their names. Links to files are followed, links to directories are not. */
async function filesBelow(directory: string, depth = 0): Promise<string[]> {
  const out: string[] = []
  const entries = await reading(readdir(directory, { withFileTypes: true }))
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(directory, entry.name)
    if (entry.isDirectory() && depth < maxDepth) out.push(...(await filesBelow(path, depth + 1)))
    else if (entry.isFile() || (entry.isSymbolicLink() && (await reading(stat(path))).isFile())) out.push(path)
    if (out.length > maxFiles) throw new PkiError('PKI_NO_TRUST_MATERIAL', 'directory holds too many files')
  }
  return out
}

async function reading<Value>(promise: Promise<Value>): Promise<Value> {
  try {
    return await promise
  } catch (cause) {
    throw new PkiError('PKI_PATH_UNREADABLE', 'path cannot be read', { cause })
  }
}
