import { equalBytes } from '@cccd/core'
import type { CryptoPort } from '@cccd/crypto'
import type { Certificate } from '../certificate/Certificate.js'
import { sameName } from '../certificate/DistinguishedName.js'
import { verifyCertificateSignature } from '../certificate/verifyCertificateSignature.js'
import { PkiError } from '../errors.js'
import { eitherOf } from '../revocation/eitherOf.js'
import { judgeByLists } from '../revocation/judgeByLists.js'
import { judgeByOcsp } from '../revocation/judgeByOcsp.js'
import type { RevocationInput } from '../revocation/RevocationInput.js'
import type { RevocationList } from '../revocation/RevocationList.js'
import type { RevocationReason, RevocationVerdict } from '../revocation/RevocationVerdict.js'
import { verifyListSignature } from '../revocation/verifyListSignature.js'
import { importKey } from '../trust/KeyCache.js'
import type { TrustStore } from '../trust/TrustStore.js'
import type { FoundChain } from './findChain.js'
import { hasUnknownCriticalExtension } from './pathProblem.js'

export interface ChainRevocationOptions {
  readonly signer: Certificate
  readonly found: FoundChain
  readonly trust: TrustStore
  readonly revocation: RevocationInput
  readonly at: string
  readonly crypto: CryptoPort
}

/**
 * What is known of the revocation of a chain that passed, the worst of it: revoked anywhere is revoked; of the signer and of links it must be
 * known that they are not. Anchors are the operator's to take out of the store, but one that its own country CA has revoked vouches for nobody.
 */
export async function chainRevocation(options: ChainRevocationOptions): Promise<RevocationVerdict> {
  const { signer, found } = options
  const anchors = found.anchor === undefined ? [] : [found.anchor, ...found.above]
  const path = [signer, ...[...found.links, ...anchors].map(({ certificate }) => certificate)]
  let worst: RevocationVerdict | undefined
  for (const [position, certificate] of path.entries()) {
    const verdict = await revocationOf(certificate, path[position + 1] ?? certificate, options)
    if (verdict.status === 'revoked') return verdict
    if (position <= found.links.length && (worst === undefined || (worst.status === 'good' && verdict.status === 'unknown')))
      worst = verdict
  }
  return worst ?? { status: 'unknown', reason: 'no-revocation-data' }
}

async function revocationOf(
  certificate: Certificate,
  issuer: Certificate,
  options: ChainRevocationOptions,
): Promise<RevocationVerdict> {
  const { revocation, at, crypto } = options
  const { lists = [], responses = [] } = revocation
  const answered = await judgeByOcsp({ certificate, issuer, responses, at, crypto })
  if (answered.status === 'revoked') return answered
  try {
    const { own, renewed } = await listIssuers(certificate, issuer, options)
    const listed = await judgeByLists({
      certificate,
      lists,
      at,
      // A country CA that changed its name goes on with one list (Doc 9303-12, 7.1.4).
      alsoIssuedBy: (name) => renewed.some(({ subject }) => sameName(subject, name)),
      distrust: (list) => distrust(list, [...own, ...renewed], crypto),
    })
    return eitherOf(answered, listed)
  } catch (error) {
    if (error instanceof PkiError) return eitherOf(answered, { status: 'unknown', reason: 'revocation-data-scope' })
    throw error
  }
}

/** How many times a country CA may have changed its key or name since, and how many links are looked at each time. */
const maxChanges = 4
const maxLinks = 16

/**
 * Who may sign lists about a certificate: who issued it; anchors of the issuer's name, for a list is signed with the present key, whichever key
 * signed the certificate; and authorities to which those were linked forward with a new key or name, by links that count. Never an older one: its
 * last list knows nothing of what came after it.
 */
async function listIssuers(
  certificate: Certificate,
  issuer: Certificate,
  { trust, crypto }: ChainRevocationOptions,
): Promise<ListIssuers> {
  const own = [...new Set([issuer, ...trust.anchorsNamed(certificate.issuer).map((anchor) => anchor.certificate)])]
  const renewed: Certificate[] = []
  let latest: readonly Certificate[] = own
  for (let change = 0; change < maxChanges && latest.length > 0; change++) {
    const next = new Set<Certificate>()
    for (const older of latest) {
      for (const anchor of trust.anchorsLinkedFrom(older)) {
        const standing = await trust.standingOf(anchor, crypto).catch(unreadable)
        if (standing?.type !== 'link') continue
        if (equalBytes(standing.signer.certificate.subjectPublicKeyInfo, older.subjectPublicKeyInfo)) next.add(anchor.certificate)
      }
      for (const { certificate: link } of trust.linksBelow(older).slice(0, maxLinks))
        if ((await verifyCertificateSignature(link, () => importKey(older, crypto))).status === 'passed') next.add(link)
    }
    latest = [...next].filter((one) => !own.includes(one) && !renewed.includes(one)).slice(0, maxLinks)
    renewed.push(...latest)
  }
  return { own, renewed }
}

interface ListIssuers {
  readonly own: readonly Certificate[]
  readonly renewed: readonly Certificate[]
}

async function distrust(
  list: RevocationList,
  issuers: readonly Certificate[],
  crypto: CryptoPort,
): Promise<RevocationReason | undefined> {
  let reason: RevocationReason = 'revocation-signer-unknown'
  for (const issuer of issuers) {
    if (!sameName(issuer.subject, list.issuer)) continue
    const problem = await verifyListSignature(list, issuer, crypto)
    if (problem !== undefined) {
      if (reason === 'revocation-signer-unknown') reason = problem
      continue
    }
    if (maySignLists(issuer, list.thisUpdate)) return undefined
    reason = 'revocation-signer-not-allowed'
  }
  return reason
}

/** An authority that cannot be read signs no lists, and keeps nobody else's from being looked at. */
function maySignLists(issuer: Certificate, at: string): boolean {
  try {
    const { isCa, keyUsage, notBefore, notAfter } = issuer
    if (!isCa || hasUnknownCriticalExtension(issuer) || at < notBefore || at > notAfter) return false
    return keyUsage === undefined || keyUsage.includes('cRLSign')
  } catch (error) {
    return unreadable(error) ?? false
  }
}

function unreadable(error: unknown): undefined {
  if (error instanceof PkiError) return undefined
  throw error
}
