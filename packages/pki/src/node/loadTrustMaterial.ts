import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { isCccdError } from '@cccd/core'
import { loadCrypto } from '@cccd/crypto'
import { tryParseCertificate } from '../certificate/parseCertificate.js'
import { PkiError } from '../errors.js'
import { isCompiledTrustStore, readCompiled } from '../trust/compiledTrust.js'
import type { AnchorInput, CertificateInput, KeptMaterial, MasterListInput } from '../trust/createTrustStore.js'
import { readTrustFile, type TrustFile } from '../trust/readTrustFile.js'
import type { StoredCertificate } from '../trust/StoredCertificate.js'
import type { TrustSource } from '../trust/TrustSource.js'
import type { MasterListResult } from '../trust/verifyMasterList.js'

/** What was found, as `createTrustStore` takes it. */
export interface LoadedTrustMaterial {
  readonly anchors: readonly AnchorInput[]
  readonly masterLists: readonly MasterListInput[]
  /** Links, document signers and all other certificates that make no anchors. */
  readonly certificates: readonly CertificateInput[]
  /** What became of the lists of compiled stores when those were made. */
  readonly verifiedLists: readonly MasterListResult[]
  /** Each file with the time at which it was loaded; those of a compiled store with the times that it keeps. */
  readonly sources: readonly TrustSource[]
  readonly revocationLists: readonly KeptMaterial[]
  readonly deviationLists: readonly KeptMaterial[]
  /** Names of files inside the directories that hold neither. */
  readonly skipped: readonly string[]
}

export interface LoadTrustMaterialOptions {
  /** Milliseconds since 1970, e.g. `Date.now`. With it, each source keeps when it was loaded. */
  readonly clock?: () => number
  /** Files whose authorities are anchors on your word, also those that do not sign themselves: a country CA under a national root, a link. */
  readonly anchors?: readonly string[]
}

interface ReadFile extends TrustFile {
  readonly verifiedLists: readonly MasterListResult[]
  readonly sources: readonly TrustSource[]
}

const maxFileLength = 256 * 1024 * 1024
const maxFiles = 10_000
const maxDepth = 4

/**
 * Country CAs and master lists from files (DER, PEM, CMS, LDIF, compiled trust stores) and directories, with
 * the revocation lists, deviation lists and other certificates that stand beside them. In a directory, other files are skipped and named;
 * a path that is given by itself must hold something. Sources are file names without their directories. Of files that nobody signed only
 * country CAs that sign themselves are anchors, as {@link readTrustFile} says; of those in `anchors`, every authority is.
 *
 * @throws PkiError `PKI_PATH_UNREADABLE`, `PKI_NO_TRUST_MATERIAL` (also of a file in `anchors` without an authority), `PKI_BAD_PEM`
 * @example
 * const trust = await createTrustStore(await loadTrustMaterial(['/etc/cccd/trust', 'DE_ML.ml'], { clock: Date.now }))
 */
export async function loadTrustMaterial(
  paths: readonly string[],
  { clock, anchors = [] }: LoadTrustMaterialOptions = {},
): Promise<LoadedTrustMaterial> {
  const files: ReadFile[] = []
  const skipped: string[] = []
  for (const path of paths) {
    if (!(await reading(stat(path))).isDirectory()) {
      files.push(await readOne(path, clock))
      continue
    }
    const before = files.length
    for (const file of await filesBelow(path))
      try {
        files.push(await readOne(file, clock))
      } catch (error) {
        if (!skippable.some((code) => isCccdError(error, code))) throw error
        skipped.push(basename(file))
      }
    if (files.length === before) throw new PkiError('PKI_NO_TRUST_MATERIAL', 'directory holds neither certificates nor lists')
  }
  for (const path of anchors) files.push(byWord(await readOne(path, clock)))
  return {
    anchors: files.flatMap(({ anchors }) => anchors),
    masterLists: files.flatMap(({ masterLists }) => masterLists),
    certificates: files.flatMap(({ certificates }) => certificates),
    verifiedLists: files.flatMap(({ verifiedLists }) => verifiedLists),
    sources: files.flatMap(({ sources }) => sources),
    revocationLists: files.flatMap(({ revocationLists }) => revocationLists),
    deviationLists: files.flatMap(({ deviationLists }) => deviationLists),
    skipped,
  }
}

const skippable = ['PKI_NO_TRUST_MATERIAL', 'PKI_BAD_PEM', 'PKI_BAD_LDIF'] as const

async function readOne(path: string, clock: (() => number) | undefined): Promise<ReadFile> {
  const { size } = await reading(stat(path))
  if (size > maxFileLength) throw new PkiError('PKI_NO_TRUST_MATERIAL', 'file is larger than allowed', { params: { size } })
  const bytes = new Uint8Array(await reading(readFile(path)))
  if (isCompiledTrustStore(bytes)) return readStore(bytes)
  const name = basename(path)
  const source = { name, ...(clock !== undefined && { loadedAt: new Date(clock()).toISOString() }) }
  return { ...readTrustFile(bytes, name), verifiedLists: [], sources: [source] }
}

/** A file in which the operator trusts every authority. One without any is a mistake that must not pass for trust. */
function byWord(file: ReadFile): ReadFile {
  const isAuthority = ({ certificate }: CertificateInput): boolean => {
    const parsed = tryParseCertificate(certificate)
    return parsed.ok && parsed.value.isCa
  }
  const anchors = [...file.anchors, ...file.certificates.filter(isAuthority)]
  if (anchors.length === 0) throw new PkiError('PKI_NO_TRUST_MATERIAL', 'file for anchors holds no authority')
  return { ...file, anchors, certificates: file.certificates.filter((each) => !isAuthority(each)) }
}

/** A compiled store as the material it was made of; the signatures of its lists were verified when it was made. */
async function readStore(bytes: Uint8Array): Promise<ReadFile> {
  const { index, others, masterLists: verifiedLists, sources } = readCompiled(bytes, await loadCrypto())
  const anchors = index.all.flatMap((anchor): AnchorInput[] => [
    ...placesOf(anchor),
    ...anchor.givenScopes.map((scope) => ({ certificate: anchor.raw, scope })),
  ])
  const certificates = others.all.flatMap(placesOf)
  return { anchors, certificates, verifiedLists, sources, masterLists: [], revocationLists: [], deviationLists: [] }
}

function placesOf({ raw: certificate, sources }: StoredCertificate): CertificateInput[] {
  return [{ certificate }, ...sources.map((source) => ({ certificate, source }))]
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
