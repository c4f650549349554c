import type { MatrixCell, MatrixDefect, MatrixPlace } from '@cccd/simulator'
import { verdictOfCell } from '@cccd/simulator'
import type { OpensslVerdict } from './opensslMatrix.js'

/** For all places of a defect, or place by place; OpenSSL is content with the others. */
type Words = RegExp | { readonly [Place in MatrixPlace]?: RegExp }

const signature = /^(certificate|CRL) signature failure$/
const certificates = { signer: signature, link: signature, 'master-list-signer': signature, 'deviation-list-signer': signature }
const noIssuer = /^unable to get local issuer certificate$/

/** What `openssl verify` says of defects that it sees. */
const verifyWords: Readonly<Partial<Record<MatrixDefect, Words>>> = {
  expired: /^(certificate|CRL) has expired$/,
  'not-yet-valid': /^(certificate|CRL) is not yet valid$/,
  'utc-time-past-2049': /^certificate has expired$/,
  'no-ca': /^invalid CA certificate$/,
  'no-basic-constraints': { link: /^invalid CA certificate$/ },
  'intermediate-authority': /^path length constraint exceeded$/,
  'other-key-usage': { csca: /^invalid CA certificate$/, link: /^invalid CA certificate$/ },
  'no-list-signing': /^key usage does not include CRL signing$/,
  revoked: { signer: /^certificate revoked$/ },
  'duplicate-extension': noIssuer,
  // Without the identifier the link looks as if it signed itself: CSCA, link and signer bear two names.
  'no-authority-key-identifier': { link: /^self-signed certificate in certificate chain$/ },
  'other-authority-key-identifier': noIssuer,
  'authority-by-serial-number': noIssuer,
  'padded-serial-number': /^(unsupported|PEM lib)$/,
  // Names are compared whole: a link under another name is no issuer, whatever its key identifier says.
  'other-country': { link: noIssuer },
  'no-country': { link: noIssuer },
  'no-common-name': { csca: noIssuer },
  'other-key': { ...certificates, 'revocation-list': signature },
  'broken-signature': { ...certificates, 'revocation-list': signature },
  'padded-signature': { ...certificates, 'revocation-list': signature },
  'other-hash': certificates,
  'algorithm-differs': certificates,
  'unknown-algorithm': {
    signer: noIssuer,
    'master-list-signer': noIssuer,
    'deviation-list-signer': noIssuer,
    'revocation-list': signature,
  },
  'wrong-salt': certificates,
  'pss-parameters-absent': { signer: signature, 'revocation-list': signature },
  'forged-for-exponent-3': certificates,
  // A signer's RSA key is no matter for the path.
  'bad-key': { csca: /^(unable to get local issuer certificate|CRL signature failure)$/, signer: /^(internal error|OK)$/ },
  'pss-key': { csca: noIssuer },
  'pss-key-of-other-hash': { csca: signature },
  'pss-key-of-longer-salt': { csca: signature },
  'some-reasons': /^unable to get certificate CRL$/,
  'attribute-certificates-only': /^different CRL scope$/,
  'other-issuer': /^unable to get certificate CRL$/,
}

const everywhere = (words: RegExp): Words => ({ 'security-object': words, 'master-list': words, 'deviation-list': words })
const wrong = everywhere(/^verification failure$/)

/** What `openssl cms -verify` says of defects that it sees. */
const cmsWords: Readonly<Partial<Record<MatrixDefect, Words>>> = {
  'padded-serial-number': { signer: /^nested asn1 error$/ },
  'bad-key': { signer: /^(no public key|verification failure)$/ },
  'pss-key': { signer: /^illegal or unsupported padding mode$/ },
  'pss-key-of-other-hash': { signer: /^digest not allowed$/ },
  'pss-key-of-longer-salt': { signer: /^pss saltlen too small$/ },
  'other-generator': { signer: /^verification failure$/ },
  'other-key': wrong,
  'broken-signature': wrong,
  'padded-signature': wrong,
  'other-hash': wrong,
  'wrong-salt': wrong,
  // ECDSA it verifies by the key and digestAlgorithm.
  'unknown-algorithm': { 'security-object': /^(CMS Verification failure\s*|OK)$/ },
  'pss-parameters-absent': { 'security-object': /^invalid pss parameters$/ },
  'pss-digest-differs': { 'security-object': /^digest does not match$/ },
  'no-signer-info': everywhere(/^no signers$/),
  'no-content': { 'security-object': /^no content$/ },
  'no-certificate': { 'security-object': /^signer certificate not found$/ },
  'repeated-digest': { 'security-object': /^attribute error$/ },
  'other-digest': everywhere(/^content verify error$/),
}

const asked = 'without -purpose it asks no certificate what it is for, and knows the purposes of Doc 9303-12 by no name'
const critical = 'told to pass over the critical DEMO extension, it passes over every other one'
const states = 'countries are no concern of RFC 5280'
const own = "an anchor's own signature is not verified"
const parameters = 'it verifies no certificate with explicit parameters, whatever they are, and no cofactor in a signature'

/** Why OpenSSL is content where this SDK is not. */
const contentBecause: Readonly<Partial<Record<MatrixDefect, string>>> = {
  'no-basic-constraints': 'an anchor with keyCertSign is a CA to it without basicConstraints',
  'other-key-usage': asked,
  'no-purpose': asked,
  'purpose-of-other-list': asked,
  'purpose-of-master-list': asked,
  'purpose-of-server': asked,
  'purpose-not-critical': asked,
  'other-document-type': 'it does not know the extension of Doc 9303-12, 7.1.1.6',
  revoked: '-crl_check asks for the signer alone',
  'unknown-critical-extension': critical,
  'other-country': states,
  'no-country': states,
  'broken-signature': own,
  'padded-signature': own,
  'algorithm-differs': `${own}, and of a revocation list the two identifiers are not compared`,
  'other-generator': parameters,
  'other-cofactor': parameters,
  'no-cofactor': parameters,
  'compressed-point': 'it reads compressed points, which Doc 9303-12, 4.4 does not allow',
  'no-next-update': 'a list without an end is in force to it for ever',
  'no-attributes': 'that attributes may be left out for id-data alone (RFC 5652 5.3) is not checked',
  'other-content-type': 'the attribute is not compared',
  'no-signing-time': 'no attribute but content type and digest is asked for',
  'other-signing-certificate': 'only with -cades it looks at the attribute',
}

function wordsIn(table: typeof verifyWords, cell: MatrixCell): RegExp | undefined {
  const { defect } = cell
  const place = verdictOfCell(cell)?.place
  if (defect === undefined || place === undefined) return undefined
  const words = table[defect]
  return words instanceof RegExp ? words : words?.[place]
}

/** OpenSSL verifies no certificate with explicit curve parameters. */
const opensslReads = ({ algorithm }: MatrixCell): boolean => algorithm.type === 'rsa' || algorithm.form === 'named'

const content = /^OK$/

/** What OpenSSL must say of a cell. */
export function expectedOfOpenssl(cell: MatrixCell): Readonly<Record<keyof OpensslVerdict, RegExp>> {
  const verify = opensslReads(cell) ? (wordsIn(verifyWords, cell) ?? content) : /^(?!OK$)/
  if (cell.encoding === 'attributes-resorted') return { verify, cms: /^verification failure$/ }
  return { verify, cms: wordsIn(cmsWords, cell) ?? content }
}

/** Whether OpenSSL refuses what this SDK refuses, or it is said why it does not. */
export function isExplained(cell: MatrixCell): boolean {
  const { says = 'passed' } = verdictOfCell(cell)?.verdict ?? {}
  if (says.startsWith('passed') || cell.defect === undefined) return true
  return [verifyWords, cmsWords].some((table) => wordsIn(table, cell) !== undefined) || contentBecause[cell.defect] !== undefined
}
