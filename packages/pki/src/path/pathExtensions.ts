import { expectTag, readOid, readSmallInteger, type TlvNode } from '@cccd/core'
import type { Certificate } from '../certificate/Certificate.js'
import { extensionOids, whole } from '../certificate/extensions.js'
import { PkiError, withCode } from '../errors.js'
import { type GeneralName, readGeneralName, readGeneralNames } from '../names/GeneralName.js'

/** Extensions of RFC 5280 that only path validation reads. */
export const pathExtensionOids = {
  ...extensionOids,
  nameConstraints: '2.5.29.30',
  policyMappings: '2.5.29.33',
  policyConstraints: '2.5.29.36',
  freshestCrl: '2.5.29.46',
  inhibitAnyPolicy: '2.5.29.54',
  authorityInformationAccess: '1.3.6.1.5.5.7.1.1',
} as const

export const anyPolicy = '2.5.29.32.0'

/** Per extension. A policy graph and a comparison of names grow with the product. */
const maxPolicies = 128
const maxSubtrees = 512

/** The value of an extension as `read` gives it, or undefined when the certificate has none. @throws PkiError `PKI_BAD_CERTIFICATE` */
export function extensionOf<Value>(
  certificate: Certificate,
  oid: string,
  read: (node: TlvNode) => Value,
  tag = 0x30,
): Value | undefined {
  const found = certificate.extensions.find((extension) => extension.oid === oid)
  if (found === undefined) return undefined
  return withCode('PKI_BAD_CERTIFICATE', 'extension is malformed', () => read(whole(found.value, tag)))
}

export function subjectAltNames(certificate: Certificate): readonly GeneralName[] {
  return extensionOf(certificate, extensionOids.subjectAltName, readGeneralNames) ?? []
}

export interface NameConstraints {
  readonly permitted: readonly GeneralName[]
  readonly excluded: readonly GeneralName[]
}

/** `NameConstraints ::= SEQUENCE { permittedSubtrees [0] OPTIONAL, excludedSubtrees [1] OPTIONAL }` */
export function nameConstraintsOf(certificate: Certificate): NameConstraints | undefined {
  return extensionOf(certificate, pathExtensionOids.nameConstraints, (node) => {
    let permitted: readonly GeneralName[] = []
    let excluded: readonly GeneralName[] = []
    for (const list of node.children())
      if (list.tag === 0xa0) permitted = subtrees(list)
      else excluded = subtrees(expectTag(list, 0xa1))
    return { permitted, excluded }
  })
}

/** `GeneralSubtree ::= SEQUENCE { base, minimum [0] DEFAULT 0, maximum [1] OPTIONAL }`: RFC 5280 allows neither of the numbers. */
function subtrees(list: TlvNode): readonly GeneralName[] {
  const nodes = list.children()
  if (nodes.length === 0 || nodes.length > maxSubtrees) throw refused('no or too many name constraints')
  return nodes.map((node) => {
    const [base, more] = expectTag(node, 0x30).children()
    if (base === undefined || more !== undefined) throw refused('name constraint has a minimum or maximum')
    return readGeneralName(base)
  })
}

export interface PolicyInformation {
  readonly oid: string
  /** Object identifiers of its qualifiers. */
  readonly qualifiers: readonly string[]
}

/** `certificatePolicies ::= SEQUENCE OF SEQUENCE { policyIdentifier, policyQualifiers OPTIONAL }`, each policy once. */
export function policiesOf(certificate: Certificate): readonly PolicyInformation[] | undefined {
  return extensionOf(certificate, pathExtensionOids.certificatePolicies, (node) => {
    const policies = capped(node.children()).map((information) => {
      const [policy, qualifiers] = expectTag(information, 0x30).children()
      const nodes = qualifiers === undefined ? [] : capped(expectTag(qualifiers, 0x30).children())
      return {
        oid: readOid(policy),
        qualifiers: nodes.map((qualifier) => readOid(expectTag(qualifier, 0x30).children()[0])),
      }
    })
    if (new Set(policies.map(({ oid }) => oid)).size !== policies.length) throw refused('policy stands there twice')
    return policies
  })
}

/** `PolicyMappings ::= SEQUENCE OF SEQUENCE { issuerDomainPolicy, subjectDomainPolicy }` */
export function policyMappingsOf(certificate: Certificate): readonly (readonly [string, string])[] | undefined {
  return extensionOf(certificate, pathExtensionOids.policyMappings, (node) =>
    capped(node.children()).map((mapping) => {
      const [issuer, subject] = expectTag(mapping, 0x30).children()
      return [readOid(issuer), readOid(subject)] as const
    }),
  )
}

export interface PolicyConstraints {
  readonly requireExplicitPolicy?: number
  readonly inhibitPolicyMapping?: number
}

/** `PolicyConstraints ::= SEQUENCE { requireExplicitPolicy [0] OPTIONAL, inhibitPolicyMapping [1] OPTIONAL }` */
export function policyConstraintsOf(certificate: Certificate): PolicyConstraints | undefined {
  return extensionOf(certificate, pathExtensionOids.policyConstraints, (node) => {
    let constraints: PolicyConstraints = {}
    for (const field of node.children())
      if (field.tag === 0x80) constraints = { ...constraints, requireExplicitPolicy: readSmallInteger(field, 0x80) }
      else constraints = { ...constraints, inhibitPolicyMapping: readSmallInteger(field, 0x81) }
    return constraints
  })
}

/** `InhibitAnyPolicy ::= INTEGER` */
export function inhibitAnyPolicyOf(certificate: Certificate): number | undefined {
  return extensionOf(certificate, pathExtensionOids.inhibitAnyPolicy, (node) => readSmallInteger(node), 0x02)
}

function capped(nodes: TlvNode[]): TlvNode[] {
  if (nodes.length > maxPolicies) throw refused('too many policies')
  return nodes
}

function refused(message: string): PkiError {
  return new PkiError('PKI_BAD_CERTIFICATE', message)
}
