import { concatBytes, parseTlv, type TlvNode } from '@cccd/core'

/** The BER form of signed data with lengths left open where streaming writers leave them: down to the content, never in what is signed. */
export function indefiniteLength(der: Uint8Array): Uint8Array {
  return open(parseTlv(der), 0)
}

/** ContentInfo, [0], SignedData, EncapsulatedContentInfo, [0]. */
function open(node: TlvNode, depth: number): Uint8Array {
  const children = node.children()
  // Of SignedData only the third element, of ContentInfo and EncapsulatedContentInfo the second one holds the content.
  const holder = depth === 1 || depth === 4 ? 0 : depth === 2 ? 2 : 1
  const parts = children.map((child, position) =>
    position === holder && child.constructed && depth < 4 ? open(child, depth + 1) : child.raw,
  )
  return concatBytes(Uint8Array.of(node.tag, 0x80), ...parts, new Uint8Array(2))
}
