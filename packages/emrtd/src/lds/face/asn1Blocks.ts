import { CoreError, readBoolean, readInteger, type TlvNode } from '@cccd/core'

/** Reads the value of an element, whatever its tag: blocks of ISO/IEC 39794 are tagged by their place in the block around them. */
export type BlockReader<Value> = (node: TlvNode) => Value

/** The members of a SEQUENCE, each by the number of its context tag. */
type Members<Block> = {
  readonly [Name in keyof Block]-?: readonly [tag: number, read: BlockReader<Exclude<Block[Name], undefined>>]
}

const maxElements = 1024
const bad = (message: string, node: TlvNode): CoreError =>
  new CoreError('DER_BAD_VALUE', message, { params: { offset: node.start } })

/** The elements inside by the number of their context tag. @throws CoreError when one stands twice */
export function membersOf(node: TlvNode): ReadonlyMap<number, TlvNode> {
  const out = new Map<number, TlvNode>()
  for (const child of node.children()) {
    if ((child.tag & ~0x3f) !== 0x80) throw bad('member has no context tag', child)
    const number = child.tag & 0x1f
    if (out.has(number)) throw bad('member stands twice', child)
    out.set(number, child)
  }
  return out
}

/** A SEQUENCE; members that are not named here are extensions and left to the raw bytes. */
/* @__NO_SIDE_EFFECTS__ */
export function block<Block extends object>(members: Members<Block>): BlockReader<Block> {
  return (node) => {
    const present = membersOf(node)
    const out: Partial<Record<keyof Block, unknown>> = {}
    for (const name in members) {
      const [tag, read] = members[name]
      const member = present.get(tag)
      if (member !== undefined) out[name] = read(member)
    }
    return out as Block
  }
}

/** A SEQUENCE OF. */
/* @__NO_SIDE_EFFECTS__ */
export function listOf<Value>(read: BlockReader<Value>): BlockReader<Value[]> {
  return (node) => {
    const children = node.children()
    if (children.length > maxElements) throw bad('list is too long', node)
    return children.map(read)
  }
}

export const integer: BlockReader<number> = (node) => {
  const value = readInteger(node, node.tag)
  if (value > 0x7fffffffn || value < -0x7fffffffn) throw bad('INTEGER is out of range', node)
  return Number(value)
}

export const octets: BlockReader<Uint8Array> = (node) => node.value.slice()

/** A SEQUENCE of BOOLEAN members, named in the order of their tags: the names of those that are true. */
/* @__NO_SIDE_EFFECTS__ */
export function flags(names: string): BlockReader<string[]> {
  return (node) => {
    const present = membersOf(node)
    return names.split(' ').filter((_, tag) => {
      const member = present.get(tag)
      return member !== undefined && readBoolean(member, member.tag)
    })
  }
}

/** The number of a CHOICE { code [0], extensionBlock [1] { fallback [0] … } }; undefined when an extension has no fallback. */
export function codeOf(node: TlvNode): number | undefined {
  const choice = membersOf(node)
  const extension = choice.get(1)
  const code = choice.get(0) ?? (extension === undefined ? undefined : membersOf(extension).get(0))
  return code === undefined ? undefined : integer(code)
}

/** Such a CHOICE by the names of its codes; a code without a name is `code N`. */
/* @__NO_SIDE_EFFECTS__ */
export function named(names: readonly (string | undefined)[]): BlockReader<string> {
  return (node) => {
    const code = codeOf(node)
    return code === undefined ? 'extension' : (names[code] ?? `code ${code}`)
  }
}
