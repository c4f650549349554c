import type { Certificate } from '../certificate/Certificate.js'
import type { GeneralName, GeneralNameType } from '../names/GeneralName.js'
import { withinSubtree } from '../names/withinSubtree.js'
import { type NameConstraints, subjectAltNames } from './pathExtensions.js'

const emailAddress = '1.2.840.113549.1.9.1'
/** Comparisons in one path. What comes near it was made to cost time. */
const maxComparisons = 100_000

/**
 * permitted_subtrees and excluded_subtrees of RFC 5280 6.1.2. The intersection of permitted subtrees is kept as what it is made of: a name
 * must lie within one base of its form in every certificate that permits any of that form.
 */
export class NameConstraintState {
  readonly #permitted: (readonly GeneralName[])[] = []
  readonly #excluded: GeneralName[] = []
  #comparisons = 0

  add({ permitted, excluded }: NameConstraints): void {
    const forms = new Set(permitted.map(({ type }) => type))
    for (const form of forms) this.#permitted.push(permitted.filter(({ type }) => type === form))
    this.#excluded.push(...excluded)
  }

  /** Whether a name of a certificate is outside what is permitted, or inside what is excluded; a form that is constrained and not compared is both. */
  forbids(certificate: Certificate): boolean {
    if (this.#permitted.length === 0 && this.#excluded.length === 0) return false
    return namesOf(certificate).some((name) => this.#forbidsName(name))
  }

  #forbidsName(name: GeneralName): boolean {
    const { type } = name
    for (const base of this.#excluded) if (base.type === type && this.#match(name, base, 'excluded') !== 'outside') return true
    for (const bases of this.#permitted)
      if (bases[0]?.type === type && !bases.some((base) => this.#match(name, base, 'permitted') === 'inside')) return true
    return false
  }

  #match(name: GeneralName, base: GeneralName, use: 'permitted' | 'excluded'): ReturnType<typeof withinSubtree> {
    return ++this.#comparisons > maxComparisons ? 'malformed' : withinSubtree(name, base, use)
  }
}

/** What constraints apply to: the subject unless empty, the alternative names, and mail addresses in the subject where those have none. */
function namesOf(certificate: Certificate): GeneralName[] {
  const { subject } = certificate
  const names: GeneralName[] = [...subjectAltNames(certificate)]
  const has = (type: GeneralNameType): boolean => names.some((name) => name.type === type)
  if (!has('rfc822Name'))
    for (const { oid, value } of subject.attributes) if (oid === emailAddress) names.push({ type: 'rfc822Name', value })
  if (subject.attributes.length > 0) names.push({ type: 'directoryName', name: subject })
  return names
}
