import type { CheckStatus } from '@cccd/core'
import type { ChainExplanation, ExplanationNode } from '@cccd/pki/explain'

/** What steps say together: failed when one is, else inconclusive when one is; what was not performed says nothing. */
export function impliedStatus(children: readonly ExplanationNode[]): CheckStatus {
  const statuses = new Set(children.map(({ status }) => status))
  if (statuses.has('failed')) return 'failed'
  return statuses.has('inconclusive') ? 'inconclusive' : 'passed'
}

/** Every node of an explanation that its own steps contradict: another status, or a reason that none of them gives. */
export function contradictions({ tree }: ChainExplanation): string[] {
  return tree.flatMap((node) => [...within(node), ...unfounded(node)])
}

function within({ step, status, children }: ExplanationNode): string[] {
  const implied = impliedStatus(children)
  const own = children.length > 0 && implied !== status ? [`${step}: ${status}, its steps say ${implied}`] : []
  return [...own, ...children.flatMap(within)]
}

/** A check that did not pass names a reason; some step below it has that very status and reason. */
function unfounded({ step, status, reason, children }: ExplanationNode): string[] {
  if (status === 'passed' || children.length === 0) return []
  const found = (nodes: readonly ExplanationNode[]): boolean =>
    nodes.some((node) => (node.status === status && node.reason === reason) || found(node.children))
  return found(children) ? [] : [`${step}: ${status} for ${reason}, which no step gives`]
}
