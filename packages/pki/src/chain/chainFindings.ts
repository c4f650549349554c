import { equalBytes, type Finding } from '@cccd/core'
import type { Certificate } from '../certificate/Certificate.js'
import { sameName } from '../certificate/DistinguishedName.js'
import { supportedKey } from '../certificate/supportedKey.js'
import { certificateWeaknesses, weaknessesOf } from '../certificate/weaknessesOf.js'
import type { FoundChain } from './findChain.js'
import { type ChainDocument, keepsOrChangesName } from './pathProblem.js'

/** Doubts about a signer and its way to a country CA, none of which decides. */
export function chainFindings(
  signer: Certificate,
  found: FoundChain,
  document: ChainDocument,
  signingTime: string | undefined,
): Finding[] {
  return [...findingsOf(signer, found, document), ...keyPeriodFindings(signer, found, signingTime)]
}

/** Doc 9303-12, 7.1, Table 6: when a key may sign. The signer's by its signing time, the CSCA's by the beginning of the signer's certificate. */
function keyPeriodFindings(signer: Certificate, found: FoundChain, signingTime: string | undefined): Finding[] {
  const issuer = (found.links[0] ?? found.anchor)?.certificate
  const uses: readonly (readonly [string, Certificate | undefined, string | undefined])[] = [
    ['signer', signer, signingTime],
    ['csca', issuer, signer.notBefore],
  ]
  return uses.flatMap(([field, certificate, at]) => {
    const { notBefore, notAfter } = certificate?.privateKeyUsagePeriod ?? {}
    if (at === undefined || ((notBefore ?? at) <= at && at <= (notAfter ?? at))) return []
    return [{ code: 'outside-key-usage-period', severity: 'warning', field, clause: 'Doc 9303-12, 7.1, Table 6' }]
  })
}

function findingsOf(signer: Certificate, found: FoundChain, document: ChainDocument): Finding[] {
  const findings = certificateWeaknesses('signer', signer)
  if (signer.isCa) findings.push({ code: 'signer-is-ca', severity: 'warning', field: 'signer', clause: 'Doc 9303-12, 7.1.1' })
  const type = document.type?.replaceAll('<', '').toUpperCase()
  if (type !== undefined && signer.documentTypes?.some((listed) => listed.trim().toUpperCase() === type) === false)
    findings.push({ code: 'document-type-not-listed', severity: 'warning', field: 'signer', clause: 'Doc 9303-12, 7.1.1.6' })
  const { anchor, links } = found
  if (anchor === undefined) return findings
  const { certificate: issuer } = links[0] ?? anchor
  if (!sameName(issuer.subject, signer.issuer))
    findings.push({ code: 'issuer-name-differs', severity: 'warning', field: 'signer', clause: 'RFC 5280, 6.1.3' })
  const { authorityKeyIdentifier: named } = signer
  if (named !== undefined && issuer.keyIdentifier !== undefined && !equalBytes(named, issuer.keyIdentifier))
    findings.push({
      code: 'authority-key-identifier-differs',
      severity: 'warning',
      field: 'signer',
      clause: 'Doc 9303-12, 7.1, Table 6',
    })
  for (const { certificate: link } of links) {
    findings.push(...certificateWeaknesses('link', link))
    if (!keepsOrChangesName(link))
      findings.push({ code: 'link-without-name-change', severity: 'warning', field: 'link', clause: 'Doc 9303-12, 7.1.1.5' })
  }
  // The CSCA's own signature is not what it is trusted for.
  findings.push(...weaknessesOf('csca', supportedKey(anchor.certificate)))
  if (found.anchorVerified === false) findings.push({ code: 'anchor-without-signer', severity: 'info', field: 'csca' })
  return findings
}
