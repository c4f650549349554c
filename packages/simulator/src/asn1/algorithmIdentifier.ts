import type { HashAlgorithm, SignatureScheme } from '@cccd/crypto'
import { AsnPropTypes } from '@peculiar/asn1-schema'
import { AlgorithmIdentifier } from '@peculiar/asn1-x509'
import { SimulatorError } from '../errors.js'
import { buffer, encode } from './encode.js'
import { sequence } from './sequence.js'

interface HashIdentifiers {
  readonly hash: string
  readonly ecdsa: string
  readonly rsa: string
  /** ecdsa-plain of TR-03111, 5.2.1.1, as ActiveAuthenticationInfo names it. */
  readonly ecdsaPlain: string
}

const identifiers: Readonly<Partial<Record<HashAlgorithm, HashIdentifiers>>> = {
  sha1: {
    hash: '1.3.14.3.2.26',
    ecdsa: '1.2.840.10045.4.1',
    rsa: '1.2.840.113549.1.1.5',
    ecdsaPlain: '0.4.0.127.0.7.1.1.4.1.1',
  },
  sha224: {
    hash: '2.16.840.1.101.3.4.2.4',
    ecdsa: '1.2.840.10045.4.3.1',
    rsa: '1.2.840.113549.1.1.14',
    ecdsaPlain: '0.4.0.127.0.7.1.1.4.1.2',
  },
  sha256: {
    hash: '2.16.840.1.101.3.4.2.1',
    ecdsa: '1.2.840.10045.4.3.2',
    rsa: '1.2.840.113549.1.1.11',
    ecdsaPlain: '0.4.0.127.0.7.1.1.4.1.3',
  },
  sha384: {
    hash: '2.16.840.1.101.3.4.2.2',
    ecdsa: '1.2.840.10045.4.3.3',
    rsa: '1.2.840.113549.1.1.12',
    ecdsaPlain: '0.4.0.127.0.7.1.1.4.1.4',
  },
  sha512: {
    hash: '2.16.840.1.101.3.4.2.3',
    ecdsa: '1.2.840.10045.4.3.4',
    rsa: '1.2.840.113549.1.1.13',
    ecdsaPlain: '0.4.0.127.0.7.1.1.4.1.5',
  },
}

function identifiersOf(hash: HashAlgorithm): HashIdentifiers {
  const found = identifiers[hash]
  if (found === undefined) throw new SimulatorError('SIMULATOR_UNSUPPORTED', 'hash has no identifier here', { params: { hash } })
  return found
}

/** AlgorithmIdentifier of a hash, parameters absent (RFC 5754, 2). */
export function hashIdentifier(hash: HashAlgorithm): AlgorithmIdentifier {
  return new AlgorithmIdentifier({ algorithm: identifiersOf(hash).hash })
}

/** Object identifier of ecdsa-plain with a hash. */
export function ecdsaPlainIdentifier(hash: HashAlgorithm): string {
  return identifiersOf(hash).ecdsaPlain
}

/** RSASSA-PSS-params ::= SEQUENCE { hashAlgorithm [0], maskGenAlgorithm [1], saltLength [2], trailerField [3] DEFAULT 1 } */
class PssParameters {
  hashAlgorithm = new AlgorithmIdentifier()
  maskGenAlgorithm = new AlgorithmIdentifier()
  saltLength = 20
}
sequence(PssParameters, {
  hashAlgorithm: { type: AlgorithmIdentifier, context: 0 },
  maskGenAlgorithm: { type: AlgorithmIdentifier, context: 1 },
  saltLength: { type: AsnPropTypes.Integer, context: 2, defaultValue: 20 },
})

/** AlgorithmIdentifier of a signature. */
export function signatureIdentifier(scheme: SignatureScheme): AlgorithmIdentifier {
  const oids = identifiersOf(scheme.hash)
  if (scheme.type === 'ecdsa') return new AlgorithmIdentifier({ algorithm: oids.ecdsa })
  if (scheme.type === 'rsa-pkcs1') return new AlgorithmIdentifier({ algorithm: oids.rsa, parameters: null })
  const parameters = new PssParameters()
  parameters.hashAlgorithm = new AlgorithmIdentifier({ algorithm: oids.hash, parameters: null })
  parameters.maskGenAlgorithm = new AlgorithmIdentifier({
    algorithm: '1.2.840.113549.1.1.8',
    parameters: buffer(encode(new AlgorithmIdentifier({ algorithm: identifiersOf(scheme.mgfHash).hash, parameters: null }))),
  })
  parameters.saltLength = scheme.saltLength
  return new AlgorithmIdentifier({ algorithm: '1.2.840.113549.1.1.10', parameters: buffer(encode(parameters)) })
}
