import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { parseTlv } from '@cccd/core'
import { type MatrixIssuer, verdictOfCell } from '@cccd/simulator'
import { at } from './matrix.js'
import { pem } from './pem.js'

/** What OpenSSL says of an issuer: `OK`, or the words of its error. */
export interface OpensslVerdict {
  /** `openssl verify` of the certificate with the defect, else of the signer, with the revocation list where the CSCA is the anchor. */
  readonly verify: string
  /** `openssl cms -verify` of the list with the defect, else of the security object; it leaves the chain alone. */
  readonly cms: string
}

export async function opensslVerdict(issuer: MatrixIssuer): Promise<OpensslVerdict> {
  const folder = mkdtempSync(join(tmpdir(), 'matrix-'))
  const file = (name: string, content: string | Uint8Array): string => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  }
  const certificate = (name: string, der: Uint8Array): string => file(`${name}.pem`, pem(der))
  const { cell } = issuer
  const place = verdictOfCell(cell)?.place
  const csca = certificate('csca', issuer.csca.certificate)
  const listed = ['-crl_check', '-CRLfile', file('list.pem', pem(issuer.revocationList, 'X509 CRL')), '-CAfile', csca]
  const link = ['-untrusted', certificate('link', issuer.link)]
  const underFormer = ['-CAfile', certificate('former', issuer.former.certificate), ...link]
  const overLink = place === 'link' && cell.defect !== 'intermediate-authority'
  const subject =
    place === 'master-list-signer'
      ? issuer.masterListSigner
      : place === 'deviation-list-signer'
        ? issuer.deviationListSigner
        : issuer.signer
  const paths = overLink ? underFormer : place === 'link' ? [...listed, ...link] : listed
  const seconds = String(Date.parse(at) / 1000)
  const options = ['-auth_level', '0', '-ignore_critical', '-attime', seconds]
  const sent =
    place === 'master-list'
      ? issuer.masterList
      : place === 'deviation-list'
        ? issuer.deviationList
        : parseTlv(issuer.securityObject).value
  const message = file('message.cms', sent)
  try {
    return {
      verify: wordsOf(await run('verify', ...options, ...paths, certificate('subject', subject.certificate))),
      cms: wordsOf(
        await run('cms', '-verify', '-inform', 'DER', '-in', message, '-noverify', '-binary', '-out', join(folder, 'out')),
      ),
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Undefined when OpenSSL is content, else what it said. */
async function run(...args: readonly string[]): Promise<string | undefined> {
  try {
    await promisify(execFile)('openssl', [...args], { timeout: 20_000 })
    return undefined
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string }
    return `${stdout}${stderr}`
  }
}

/** The reason in what OpenSSL says: of a path, or the last one of its error queue. */
function wordsOf(said: string | undefined): string {
  if (said === undefined) return 'OK'
  return (
    /lookup: (.*)/.exec(said)?.[1] ?? [...said.matchAll(/^[0-9A-F]+:error:[0-9A-F]+:[^:]*:[^:]*:([^:]*):/gm)].at(-1)?.[1] ?? said
  )
}
