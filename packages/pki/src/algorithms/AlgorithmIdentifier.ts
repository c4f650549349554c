import { expectTag, readOid, type TlvNode } from '@cccd/core'

/** `AlgorithmIdentifier ::= SEQUENCE { algorithm OBJECT IDENTIFIER, parameters ANY OPTIONAL }` */
export interface AlgorithmIdentifier {
  readonly oid: string
  /** The parameters as they stand there, tag and length included. */
  readonly parameters?: Uint8Array
}

/** An AlgorithmIdentifier from its element. @throws CoreError for anything else */
export function readAlgorithmIdentifier(node: TlvNode | undefined, tag = 0x30): AlgorithmIdentifier {
  const children = expectTag(node, tag).children()
  const oid = readOid(children[0])
  const parameters = children[1]
  if (children[2] !== undefined) expectTag(undefined, 0x05)
  return parameters === undefined ? { oid } : { oid, parameters: parameters.raw }
}
