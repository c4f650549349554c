import { CccdError, parseTlv, type TlvNode } from '@cccd/core'

/** Where a leaf stands: the tags around it, its own last. */
export type TagPath = readonly number[]

/**
 * Visits every element of a file and lets its value be overwritten in place: tags and lengths stay. The visitor says whether it dealt
 * with the element; if not, its children are visited.
 *
 * @returns whether the bytes are well-formed all the way down
 */
export function scrubTree(bytes: Uint8Array, visit: (node: TlvNode, path: TagPath) => boolean): boolean {
  const walk = (node: TlvNode, above: TagPath): void => {
    const path = [...above, node.tag]
    if (visit(node, path) || !node.constructed) return
    for (const child of node.children()) walk(child, path)
  }
  try {
    walk(parseTlv(bytes), [])
    return true
  } catch (error) {
    if (CccdError.is(error) && error.code !== 'SIMULATOR_SCRUB_REFUSED') return false
    throw error
  }
}
