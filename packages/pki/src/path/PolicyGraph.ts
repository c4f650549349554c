import { anyPolicy, type PolicyInformation } from './pathExtensions.js'

interface PolicyNode {
  readonly policy: string
  expected: ReadonlySet<string>
  readonly parents: ReadonlySet<PolicyNode>
}

type Level = Map<string, PolicyNode>

/**
 * valid_policy_graph of RFC 9618 5: one node for each policy at each depth, so that it grows with the sum of the policies in a path and not,
 * like the tree of RFC 5280, with their product. The last level is `#levels[depth]`; `isNull` once nothing is left.
 */
export class PolicyGraph {
  #levels: Level[] = [new Map([[anyPolicy, { policy: anyPolicy, expected: new Set([anyPolicy]), parents: new Set() }]])]

  get isNull(): boolean {
    return this.#levels.length === 0
  }

  /** 6.1.3 (d) and (e): the next certificate's policies, or none. */
  addCertificate(policies: readonly PolicyInformation[] | undefined, allowAnyPolicy: boolean): void {
    const above = this.#levels[this.#levels.length - 1]
    if (above === undefined) return
    if (policies === undefined) {
      this.#levels = []
      return
    }
    const level: Level = new Map()
    const add = (policy: string, parents: readonly PolicyNode[]): void => {
      if (parents.length > 0) level.set(policy, { policy, expected: new Set([policy]), parents: new Set(parents) })
    }
    const expecting = byExpected(above)
    const anyAbove = above.get(anyPolicy)
    for (const { oid } of policies)
      if (oid !== anyPolicy) add(oid, expecting.get(oid) ?? (anyAbove === undefined ? [] : [anyAbove]))
    if (allowAnyPolicy && policies.some(({ oid }) => oid === anyPolicy))
      for (const [policy, parents] of expecting) if (!level.has(policy)) add(policy, parents)
    this.#levels.push(level)
    this.#prune()
  }

  /** 6.1.4 (b): what the policies of the last certificate are called further down. */
  map(mappings: readonly (readonly [string, string])[], allowed: boolean): void {
    const level = this.#levels[this.#levels.length - 1]
    if (level === undefined) return
    const anyNode = level.get(anyPolicy)
    const grouped = new Map<string, Set<string>>()
    for (const [issuer, subject] of mappings) grouped.set(issuer, (grouped.get(issuer) ?? new Set()).add(subject))
    for (const [policy, expected] of grouped) {
      const node = level.get(policy)
      if (!allowed) level.delete(policy)
      else if (node !== undefined) node.expected = expected
      else if (anyNode !== undefined) level.set(policy, { policy, expected, parents: anyNode.parents })
    }
    this.#prune()
  }

  /**
   * 6.1.5 (g): the policies of the caller's domain under which the path is valid; `anyPolicy` alone stands for all. With an initial set,
   * those of it.
   */
  constrainedTo(initial: readonly string[]): readonly string[] {
    const authority = new Set<string>()
    for (const level of this.#levels)
      for (const { policy, parents } of level.values())
        if (policy !== anyPolicy && [...parents].some((parent) => parent.policy === anyPolicy)) authority.add(policy)
    const any = this.#levels[this.#levels.length - 1]?.has(anyPolicy) === true
    if (initial.includes(anyPolicy)) return any ? [anyPolicy, ...authority] : [...authority]
    return initial.filter((policy) => any || authority.has(policy))
  }

  /** Takes out what has no child, from the last level up. */
  #prune(): void {
    for (let depth = this.#levels.length - 1; depth > 0; depth--) {
      const used = new Set<PolicyNode>()
      for (const { parents } of (this.#levels[depth] as Level).values()) for (const parent of parents) used.add(parent)
      const above = this.#levels[depth - 1] as Level
      for (const [policy, node] of above) if (!used.has(node)) above.delete(policy)
    }
    if (this.#levels.some((level) => level.size === 0)) this.#levels = []
  }
}

function byExpected(level: Level): Map<string, PolicyNode[]> {
  const out = new Map<string, PolicyNode[]>()
  for (const node of level.values())
    for (const policy of node.expected) {
      const known = out.get(policy)
      if (known === undefined) out.set(policy, [node])
      else known.push(node)
    }
  return out
}
