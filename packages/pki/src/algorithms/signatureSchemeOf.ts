import { expectTag, parseTlv, readOid, readSmallInteger, type TlvNode } from '@cccd/core'
import type { HashAlgorithm, SignatureScheme } from '@cccd/crypto'
import { PkiError, withCode } from '../errors.js'
import { type AlgorithmIdentifier, readAlgorithmIdentifier } from './AlgorithmIdentifier.js'
import { hashAlgorithmByOid } from './hashAlgorithmByOid.js'

type Parameters = TlvNode | undefined
type Resolve = (parameters: Parameters, digest: HashAlgorithm | undefined) => SignatureScheme

const unsupported = (what: string, oid?: string): PkiError =>
  new PkiError('PKI_UNSUPPORTED_ALGORITHM', `${what} is not supported`, oid === undefined ? {} : { params: { oid } })

/** Absent or NULL: RFC 5758 wants them absent for ECDSA, certificates of several countries (AT, DE) have NULL. */
function noParameters(parameters: Parameters): void {
  if (parameters !== undefined && (parameters.tag !== 0x05 || parameters.length !== 0))
    throw unsupported('an algorithm parameter')
}

function known(hash: HashAlgorithm | undefined): HashAlgorithm {
  if (hash === undefined) throw unsupported('the hash algorithm')
  return hash
}

const pkcs1 =
  (hash?: HashAlgorithm): Resolve =>
  (parameters, digest) => {
    noParameters(parameters)
    return { type: 'rsa-pkcs1', hash: known(hash ?? digest) }
  }

const ecdsa =
  (hash?: HashAlgorithm, format: 'der' | 'plain' = 'der'): Resolve =>
  (parameters, digest) => {
    noParameters(parameters)
    return { type: 'ecdsa', hash: known(hash ?? digest), format }
  }

/** ecdsa-with-Specified (X9.62): the parameters name the hash. */
const ecdsaSpecified: Resolve = (parameters) => {
  const hash = readAlgorithmIdentifier(parameters)
  return { type: 'ecdsa', hash: known(hashAlgorithmByOid(hash.oid)), format: 'der' }
}

/**
 * RSASSA-PSS-params ::= SEQUENCE { hashAlgorithm [0] DEFAULT sha1, maskGenAlgorithm [1] DEFAULT mgf1SHA1,
 *   saltLength [2] INTEGER DEFAULT 20, trailerField [3] INTEGER DEFAULT 1 } (RFC 4055 3.1)
 */
const pss: Resolve = (parameters) => {
  let hash: HashAlgorithm = 'sha1'
  let mgfHash: HashAlgorithm = 'sha1'
  let saltLength = 20
  let last = 0x9f
  for (const field of parameters === undefined ? [] : expectTag(parameters, 0x30).children()) {
    const [inner, more] = field.children()
    if (field.tag <= last || field.tag > 0xa3 || more !== undefined) throw unsupported('an RSASSA-PSS parameter')
    last = field.tag
    if (field.tag === 0xa0) hash = known(hashAlgorithmByOid(readAlgorithmIdentifier(inner).oid))
    else if (field.tag === 0xa1) mgfHash = maskHash(inner)
    else if (field.tag === 0xa2) saltLength = readSmallInteger(inner)
    else if (readSmallInteger(inner) !== 1) throw unsupported('the RSASSA-PSS trailer')
  }
  return { type: 'rsa-pss', hash, mgfHash, saltLength }
}

const mgf1 = '1.2.840.113549.1.1.8'

function maskHash(node: Parameters): HashAlgorithm {
  const [oid, hash] = expectTag(node, 0x30).children()
  if (readOid(oid) !== mgf1) throw unsupported('the mask generation function')
  return known(hashAlgorithmByOid(readAlgorithmIdentifier(hash).oid))
}

/** Everything about a signature algorithm stands in its line; a Map has no prototype to fall through to. */
const schemes: ReadonlyMap<string, Resolve> = /* @__PURE__ */ new Map<string, Resolve>([
  // rsaEncryption in a SignerInfo: the hash is the SignerInfo's digestAlgorithm (AU, US, NZ; RFC 3370 3.2)
  ['1.2.840.113549.1.1.1', /* @__PURE__ */ pkcs1()],
  ['1.2.840.113549.1.1.5', /* @__PURE__ */ pkcs1('sha1')],
  ['1.3.14.3.2.29', /* @__PURE__ */ pkcs1('sha1')],
  ['1.2.840.113549.1.1.11', /* @__PURE__ */ pkcs1('sha256')],
  ['1.2.840.113549.1.1.12', /* @__PURE__ */ pkcs1('sha384')],
  ['1.2.840.113549.1.1.13', /* @__PURE__ */ pkcs1('sha512')],
  ['1.2.840.113549.1.1.14', /* @__PURE__ */ pkcs1('sha224')],
  ['1.2.840.113549.1.1.15', /* @__PURE__ */ pkcs1('sha512/224')],
  ['1.2.840.113549.1.1.16', /* @__PURE__ */ pkcs1('sha512/256')],
  ['2.16.840.1.101.3.4.3.13', /* @__PURE__ */ pkcs1('sha3-224')],
  ['2.16.840.1.101.3.4.3.14', /* @__PURE__ */ pkcs1('sha3-256')],
  ['2.16.840.1.101.3.4.3.15', /* @__PURE__ */ pkcs1('sha3-384')],
  ['2.16.840.1.101.3.4.3.16', /* @__PURE__ */ pkcs1('sha3-512')],
  ['1.2.840.113549.1.1.10', pss],
  // id-ecPublicKey where a signature algorithm belongs: the hash is the SignerInfo's digestAlgorithm
  ['1.2.840.10045.2.1', /* @__PURE__ */ ecdsa()],
  ['1.2.840.10045.4.1', /* @__PURE__ */ ecdsa('sha1')],
  ['1.2.840.10045.4.3', ecdsaSpecified],
  ['1.2.840.10045.4.3.1', /* @__PURE__ */ ecdsa('sha224')],
  ['1.2.840.10045.4.3.2', /* @__PURE__ */ ecdsa('sha256')],
  ['1.2.840.10045.4.3.3', /* @__PURE__ */ ecdsa('sha384')],
  ['1.2.840.10045.4.3.4', /* @__PURE__ */ ecdsa('sha512')],
  ['2.16.840.1.101.3.4.3.9', /* @__PURE__ */ ecdsa('sha3-224')],
  ['2.16.840.1.101.3.4.3.10', /* @__PURE__ */ ecdsa('sha3-256')],
  ['2.16.840.1.101.3.4.3.11', /* @__PURE__ */ ecdsa('sha3-384')],
  ['2.16.840.1.101.3.4.3.12', /* @__PURE__ */ ecdsa('sha3-512')],
  // ecdsa-plain-signatures (TR-03111 5.2.1.1)
  ['0.4.0.127.0.7.1.1.4.1.1', /* @__PURE__ */ ecdsa('sha1', 'plain')],
  ['0.4.0.127.0.7.1.1.4.1.2', /* @__PURE__ */ ecdsa('sha224', 'plain')],
  ['0.4.0.127.0.7.1.1.4.1.3', /* @__PURE__ */ ecdsa('sha256', 'plain')],
  ['0.4.0.127.0.7.1.1.4.1.4', /* @__PURE__ */ ecdsa('sha384', 'plain')],
  ['0.4.0.127.0.7.1.1.4.1.5', /* @__PURE__ */ ecdsa('sha512', 'plain')],
])

/**
 * How a signature with this AlgorithmIdentifier was made. Where the identifier names no hash (rsaEncryption in a
 * SignerInfo), it is `options.digest`.
 *
 * @throws PkiError `PKI_UNSUPPORTED_ALGORITHM` for an algorithm, hash or parameter that this SDK does not compute
 * @example
 * signatureSchemeOf({ oid: '1.2.840.10045.4.3.3' }) // { type: 'ecdsa', hash: 'sha384', format: 'der' }
 */
export function signatureSchemeOf(
  algorithm: AlgorithmIdentifier,
  options: { readonly digest?: HashAlgorithm } = {},
): SignatureScheme {
  const resolve = schemes.get(algorithm.oid)
  if (resolve === undefined) throw unsupported('the signature algorithm', algorithm.oid)
  const { parameters } = algorithm
  return withCode('PKI_UNSUPPORTED_ALGORITHM', 'algorithm parameters are malformed', () =>
    resolve(parameters === undefined ? undefined : parseTlv(parameters), options.digest),
  )
}
