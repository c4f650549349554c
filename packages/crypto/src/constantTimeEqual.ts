import { assertBytes } from '@cccd/core'

/**
 * Whether two secrets (MACs, tokens, digests) are equal, in a time that depends on the length only.
 * The length is not secret: byte strings of different length are unequal at once.
 * @throws TypeError when an argument is not a Uint8Array
 */
export function constantTimeEqual(a: Uint8Array, b: Uint8Array): boolean {
  assertBytes(a, 'a')
  assertBytes(b, 'b')
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= (a[i] as number) ^ (b[i] as number)
  return difference === 0
}
