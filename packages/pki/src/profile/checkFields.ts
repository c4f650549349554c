import { decodeLatin1, equalBytes, parseTlv, readOid, type TlvNode } from '@cccd/core'
import type { Certificate } from '../certificate/Certificate.js'
import { attributeOf, type DistinguishedName } from '../certificate/DistinguishedName.js'
import { schemeOf } from '../certificate/schemeOf.js'
import { supportedKey } from '../certificate/supportedKey.js'
import { weaknessesOf } from '../certificate/weaknessesOf.js'
import { countryCode } from '../chain/countries.js'
import { withCode } from '../errors.js'
import type { ProfileFinding } from './ProfileCode.js'

const table5 = 'Doc 9303-12, 7.1, Table 5'
const algorithms = 'Doc 9303-12, 4.1.6'
const country = '2.5.4.6'
const commonName = '2.5.4.3'

/** Everything but the extensions of a certificate, against Doc 9303-12, Table 5, 4.1.6 and 7.1.1.1. @throws PkiError for a field that cannot be read */
export function checkFields(certificate: Certificate): ProfileFinding[] {
  return [...structure(certificate), ...names(certificate), ...cryptography(certificate)]
}

function structure(certificate: Certificate): ProfileFinding[] {
  const findings: ProfileFinding[] = []
  const fields = withCode('PKI_BAD_CERTIFICATE', 'certificate is malformed', () =>
    parseTlv(certificate.tbs, { rules: 'der' }).children(),
  )
  const [version] = fields
  if (version?.tag !== 0xa0 || version.children()[0]?.value[0] !== 2)
    findings.push({ code: 'certificate-version', severity: 'error', clause: table5 })
  const serial = certificate.serialNumber
  if (serial.length > 20 || (serial[0] as number) >= 0x80 || serial.every((byte) => byte === 0))
    findings.push({ code: 'serial-number', severity: 'warning', clause: table5 })
  if (fields.some(({ tag }) => tag === 0x81 || tag === 0x82))
    findings.push({ code: 'unique-identifier', severity: 'warning', clause: table5 })
  // Of the fields, only validity is a SEQUENCE of two times.
  const validity = fields.find((field) => field.tag === 0x30 && isTime(field.children()[0]))
  if (validity?.children().every(isEncodedRight) !== true)
    findings.push({ code: 'time-encoding', severity: 'warning', field: 'validity', clause: table5 })
  return findings
}

const isTime = (node: TlvNode | undefined): boolean => node?.tag === 0x17 || node?.tag === 0x18

/** UTCTime with seconds through 2049, GeneralizedTime without fractions from 2050. */
function isEncodedRight(node: TlvNode): boolean {
  const text = decodeLatin1(node.value)
  return node.tag === 0x17 ? /^\d{12}Z$/.test(text) : /^\d{14}Z$/.test(text) && text >= '2050'
}

function names({ issuer, subject }: Certificate): ProfileFinding[] {
  const findings: ProfileFinding[] = []
  for (const [field, name] of [
    ['issuer', issuer],
    ['subject', subject],
  ] as const) {
    const code = attributeOf(name, country)
    const clause = 'Doc 9303-12, 7.1.1.1'
    if (code === undefined) findings.push({ code: 'country-missing', severity: 'error', field, clause })
    else if (!/^[A-Z]{2}$/.test(code) || stringTagOf(name, country) !== 0x13)
      findings.push({ code: 'country-form', severity: 'warning', field, clause })
    if (attributeOf(name, commonName) === undefined)
      findings.push({ code: 'common-name-missing', severity: 'warning', field, clause })
  }
  const [one, other] = [attributeOf(issuer, country), attributeOf(subject, country)]
  if (one !== undefined && other !== undefined && countryCode(one) !== countryCode(other))
    findings.push({ code: 'country-differs', severity: 'error', clause: table5 })
  return findings
}

/** The string type of the first value of an attribute. */
function stringTagOf(name: DistinguishedName, oid: string): number | undefined {
  for (const relative of parseTlv(name.raw).children())
    for (const attribute of relative.children()) {
      const [type, value] = attribute.children()
      if (readOid(type) === oid) return value?.tag
    }
  return undefined
}

const permittedHashes: ReadonlySet<string> = /* @__PURE__ */ new Set(['sha224', 'sha256', 'sha384', 'sha512'])

function cryptography(certificate: Certificate): ProfileFinding[] {
  const findings: ProfileFinding[] = []
  const { signatureAlgorithm: outer, tbsSignatureAlgorithm: inner } = certificate
  const none = new Uint8Array(0)
  if (outer.oid !== inner.oid || !equalBytes(outer.parameters ?? none, inner.parameters ?? none))
    findings.push({ code: 'algorithm-differs', severity: 'error', clause: table5 })
  const hash = schemeOf(certificate)?.hash
  if (hash === undefined || !permittedHashes.has(hash))
    findings.push({ code: 'hash-not-permitted', severity: 'warning', clause: algorithms, ...(hash && { data: { hash } }) })
  if (namesCurve(certificate)) findings.push({ code: 'curve-named', severity: 'info', clause: algorithms })
  for (const { data } of weaknessesOf('key', supportedKey(certificate)))
    findings.push({ code: 'weak-key', severity: 'warning', clause: algorithms, ...(data && { data }) })
  return findings
}

/** Domain parameters must stand there in full; named curves are refused by few and forbidden all the same. */
function namesCurve(certificate: Certificate): boolean {
  const [algorithm] = parseTlv(certificate.subjectPublicKeyInfo, { rules: 'der' }).children()
  return algorithm?.children()[1]?.tag === 0x06
}
