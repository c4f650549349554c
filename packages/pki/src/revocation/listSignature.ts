import { equalBytes } from '@cccd/core'
import type { RevocationList } from './RevocationList.js'

/** RFC 5280 5.1.1.2: the signed part of a list names the same algorithm as the unsigned one. */
export function sameListAlgorithm({ signatureAlgorithm: outer, tbsSignatureAlgorithm: inner }: RevocationList): boolean {
  const none = new Uint8Array(0)
  return outer.oid === inner.oid && equalBytes(outer.parameters ?? none, inner.parameters ?? none)
}
