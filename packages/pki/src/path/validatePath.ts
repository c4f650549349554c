import { type CryptoPort, loadCrypto, type PublicKey } from '@cccd/crypto'
import type { Certificate } from '../certificate/Certificate.js'
import type { KeyUsage } from '../certificate/extensions.js'
import { verifyCertificateSignature } from '../certificate/verifyCertificateSignature.js'
import type { SignatureVerdict } from '../certificate/verifySignature.js'
import { readInstant } from '../chain/checkValidity.js'
import { PkiError } from '../errors.js'
import { directoryNameKey } from '../names/nameKeys.js'
import { importKey } from '../trust/KeyCache.js'
import { NameConstraintState } from './NameConstraintState.js'
import { PolicyGraph } from './PolicyGraph.js'
import {
  anyPolicy,
  inhibitAnyPolicyOf,
  type NameConstraints,
  nameConstraintsOf,
  pathExtensionOids,
  policiesOf,
  policyConstraintsOf,
  policyMappingsOf,
} from './pathExtensions.js'
import { type PathReason, pathClauses } from './pathReasons.js'

/** The inputs of RFC 5280 6.1.1 besides path, time and anchor, and what the caller wants the target for. */
export interface PathRequirements {
  /** user-initial-policy-set; default: any. */
  readonly policies?: readonly string[]
  readonly requireExplicitPolicy?: boolean
  readonly inhibitPolicyMapping?: boolean
  readonly inhibitAnyPolicy?: boolean
  /** initial-permitted-subtrees and initial-excluded-subtrees. */
  readonly nameConstraints?: NameConstraints
  /** A purpose (object identifier) that the target must have; an issuer that has an extended key usage must have it too. */
  readonly extendedKeyUsage?: string
  /** One of these the target's key usage must have, when it has one. */
  readonly keyUsage?: readonly KeyUsage[]
  /** Critical extensions that the caller itself processes. */
  readonly understoodExtensions?: readonly string[]
}

export interface ValidatePathOptions extends PathRequirements {
  /** The target first, then who signed it, and so on: at least one, at most 32. Not the anchor. */
  readonly path: readonly Certificate[]
  /** Name and key count; extensions of an anchor do not (RFC 5280 6.1.1 (d)). */
  readonly anchor: Certificate
  /** The time of validity: day or instant, ISO 8601. */
  readonly at: string
  readonly crypto?: CryptoPort
  /** Verdicts on signatures known before; default: each is verified. */
  readonly verify?: (certificate: Certificate, issuer: Certificate) => Promise<SignatureVerdict>
}

/** What became of one path. Plain data. */
export interface PathVerdict {
  readonly status: 'passed' | 'failed' | 'inconclusive'
  readonly reason?: PathReason
  readonly clause?: string
  /** Which certificate: 0 is the target. */
  readonly position?: number
  /** Policies of the caller's set under which the path is valid (`2.5.29.32.0`: any); none is no failure unless one is required. */
  readonly policies: readonly string[]
}

const maxPath = 32
const anyPurpose = '2.5.29.37.0'
const understood: ReadonlySet<string> = /* @__PURE__ */ new Set<string>([
  pathExtensionOids.subjectKeyIdentifier,
  pathExtensionOids.authorityKeyIdentifier,
  pathExtensionOids.keyUsage,
  pathExtensionOids.privateKeyUsagePeriod,
  pathExtensionOids.subjectAltName,
  pathExtensionOids.issuerAltName,
  pathExtensionOids.basicConstraints,
  pathExtensionOids.nameConstraints,
  pathExtensionOids.crlDistributionPoints,
  pathExtensionOids.freshestCrl,
  pathExtensionOids.certificatePolicies,
  pathExtensionOids.policyMappings,
  pathExtensionOids.policyConstraints,
  pathExtensionOids.inhibitAnyPolicy,
  pathExtensionOids.extendedKeyUsage,
  pathExtensionOids.authorityInformationAccess,
])
/** cps and user notice (RFC 5280 4.2.1.4). */
const qualifiers: readonly string[] = ['1.3.6.1.5.5.7.2.1', '1.3.6.1.5.5.7.2.2']

/**
 * RFC 5280 6.1 over one path (with the policy graph of RFC 9618), all but revocation: signatures, validity, names, name constraints, policies,
 * basic constraints, path length, key usage, extended key usage, unknown critical extensions. `inconclusive` is only what cannot be computed.
 *
 * @throws RangeError for an empty or overlong path, or a time that is none. Nothing bad in a certificate throws.
 * @example
 * const { status, reason } = await validatePath({ path: [signer, intermediate], anchor: root, at: '2026-01-31' })
 */
export async function validatePath(options: ValidatePathOptions): Promise<PathVerdict> {
  const { path } = options
  if (path.length === 0 || path.length > maxPath) throw new RangeError(`path must have 1 to ${maxPath} certificates`)
  const walk = new PathWalk(options, readInstant(options.at, 'at'))
  for (let position = path.length - 1; position >= 0; position--) {
    const problem = await guarded(() => walk.step(position))
    if (problem !== undefined) return denied(problem, position)
  }
  return walk.end()
}

type Problem = PathReason | undefined

/** A field that cannot be read makes its certificate, and with it the path, invalid. */
async function guarded(step: () => Promise<Problem>): Promise<Problem> {
  try {
    return await step()
  } catch (error) {
    if (error instanceof PkiError) return 'certificate-malformed'
    throw error
  }
}

function denied(reason: PathReason, position: number): PathVerdict {
  const clause = pathClauses[reason]
  const status = reason === 'unsupported-algorithm' ? 'inconclusive' : 'failed'
  return { status, reason, ...(clause !== undefined && { clause }), position, policies: [] }
}

/** The state variables of 6.1.2, moved from the anchor down. */
class PathWalk {
  readonly #options: ValidatePathOptions
  readonly #at: string
  readonly #names = new NameConstraintState()
  readonly #graph = new PolicyGraph()
  readonly #verify: (certificate: Certificate, issuer: Certificate) => Promise<SignatureVerdict>
  #explicitPolicy: number
  #policyMapping: number
  #anyPolicy: number
  #maxLength: number

  constructor(options: ValidatePathOptions, at: string) {
    this.#options = options
    this.#at = at
    const n = options.path.length
    const crypto = options.crypto === undefined ? loadCrypto() : Promise.resolve(options.crypto)
    this.#verify =
      options.verify ?? (async (certificate, issuer) => verifyCertificateSignature(certificate, keyOf(issuer, await crypto)))
    this.#explicitPolicy = options.requireExplicitPolicy === true ? 0 : n + 1
    this.#policyMapping = options.inhibitPolicyMapping === true ? 0 : n + 1
    this.#anyPolicy = options.inhibitAnyPolicy === true ? 0 : n + 1
    this.#maxLength = n
    if (options.nameConstraints !== undefined) this.#names.add(options.nameConstraints)
  }

  async step(position: number): Promise<Problem> {
    const { path, anchor } = this.#options
    const certificate = path[position] as Certificate
    const issuer = path[position + 1] ?? anchor
    const { status, reason } = await this.#verify(certificate, issuer)
    if (status !== 'passed') return reason ?? 'signature-wrong'
    return this.#basics(certificate, issuer, position) ?? (position > 0 ? this.#prepare(certificate) : this.#target(certificate))
  }

  /** 6.1.3. */
  #basics(certificate: Certificate, issuer: Certificate, position: number): Problem {
    if (this.#at < certificate.notBefore) return 'not-yet-valid'
    if (this.#at > certificate.notAfter) return 'expired'
    if (directoryNameKey(certificate.issuer) !== directoryNameKey(issuer.subject)) return 'issuer-name-differs'
    const selfIssued = isSelfIssued(certificate)
    if ((position === 0 || !selfIssued) && this.#names.forbids(certificate)) return 'name-constraint'
    this.#graph.addCertificate(policiesOf(certificate), this.#anyPolicy > 0 || (position > 0 && selfIssued))
    if (this.#explicitPolicy === 0 && this.#graph.isNull) return 'policy'
    return this.#hasUnknownCritical(certificate) ? 'critical-extension' : undefined
  }

  #hasUnknownCritical(certificate: Certificate): boolean {
    const more = this.#options.understoodExtensions ?? []
    return certificate.extensions.some(({ oid, critical }) => {
      if (!critical || more.includes(oid)) return false
      if (oid !== pathExtensionOids.certificatePolicies) return !understood.has(oid)
      return policiesOf(certificate)?.some((policy) => !policy.qualifiers.every((each) => qualifiers.includes(each))) === true
    })
  }

  /** 6.1.4: an issuer, before the next certificate is looked at. */
  #prepare(certificate: Certificate): Problem {
    const mappings = policyMappingsOf(certificate)
    if (mappings?.flat().includes(anyPolicy)) return 'policy-mapping'
    if (mappings !== undefined) this.#graph.map(mappings, this.#policyMapping > 0)
    const constraints = nameConstraintsOf(certificate)
    if (constraints !== undefined) this.#names.add(constraints)
    const selfIssued = isSelfIssued(certificate)
    if (!selfIssued) this.#countDown()
    const { requireExplicitPolicy, inhibitPolicyMapping } = policyConstraintsOf(certificate) ?? {}
    this.#explicitPolicy = Math.min(this.#explicitPolicy, requireExplicitPolicy ?? this.#explicitPolicy)
    this.#policyMapping = Math.min(this.#policyMapping, inhibitPolicyMapping ?? this.#policyMapping)
    this.#anyPolicy = Math.min(this.#anyPolicy, inhibitAnyPolicyOf(certificate) ?? this.#anyPolicy)
    if (!certificate.isCa) return 'not-a-ca'
    if (!selfIssued && this.#maxLength-- <= 0) return 'path-too-long'
    this.#maxLength = Math.min(this.#maxLength, certificate.pathLength ?? this.#maxLength)
    if (certificate.keyUsage?.includes('keyCertSign') === false) return 'key-usage'
    return this.#lacksPurpose(certificate) ? 'extended-key-usage' : undefined
  }

  #countDown(): void {
    this.#explicitPolicy = Math.max(0, this.#explicitPolicy - 1)
    this.#policyMapping = Math.max(0, this.#policyMapping - 1)
    this.#anyPolicy = Math.max(0, this.#anyPolicy - 1)
  }

  /** 6.1.5 (a), (b), and what the caller wants the target for. */
  #target(certificate: Certificate): Problem {
    this.#explicitPolicy = Math.max(0, this.#explicitPolicy - 1)
    if (policyConstraintsOf(certificate)?.requireExplicitPolicy === 0) this.#explicitPolicy = 0
    const wanted = this.#options.keyUsage
    const { keyUsage } = certificate
    if (wanted !== undefined && keyUsage !== undefined && !wanted.some((usage) => keyUsage.includes(usage))) return 'key-usage'
    if (this.#lacksPurpose(certificate)) return 'extended-key-usage'
    return this.#options.extendedKeyUsage !== undefined && certificate.extendedKeyUsage === undefined
      ? 'extended-key-usage'
      : undefined
  }

  #lacksPurpose({ extendedKeyUsage }: Certificate): boolean {
    const wanted = this.#options.extendedKeyUsage
    if (wanted === undefined || extendedKeyUsage === undefined) return false
    return !extendedKeyUsage.includes(wanted) && !extendedKeyUsage.includes(anyPurpose)
  }

  /** 6.1.5 (g). */
  end(): PathVerdict {
    const policies = this.#graph.constrainedTo(this.#options.policies ?? [anyPolicy])
    if (this.#explicitPolicy === 0 && policies.length === 0) return denied('policy', 0)
    return { status: 'passed', policies }
  }
}

function keyOf(issuer: Certificate, crypto: CryptoPort): () => Promise<PublicKey> {
  return () => importKey(issuer, crypto)
}

/** Issuer and subject are one name (RFC 5280 6.1: self-issued), compared as names are. */
export function isSelfIssued({ selfIssued, issuer, subject }: Certificate): boolean {
  return selfIssued || directoryNameKey(issuer) === directoryNameKey(subject)
}
