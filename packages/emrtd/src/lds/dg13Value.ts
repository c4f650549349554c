import { CoreError, decodeUtf8, type Finding, readString, type TlvNode } from '@cccd/core'

/** A value of a DG13 field as it stands there. */
export interface Dg13Value {
  /** ASN.1 type, e.g. `UTF8String`; `tag 80` and the like for what is no character string. */
  readonly type: string
  /** Absent for what is no character string. */
  readonly text?: string
  /** The value's bytes, only of what is no character string. */
  readonly bytes?: Uint8Array
}

/** A field of DG13: its number and the values after it, in order. */
export interface Dg13Field {
  readonly id: number
  readonly values: readonly Dg13Value[]
}

const stringTypes: Readonly<Record<number, string>> = {
  12: 'UTF8String',
  18: 'NumericString',
  19: 'PrintableString',
  20: 'TeletexString',
  22: 'IA5String',
  26: 'VisibleString',
  28: 'UniversalString',
  30: 'BMPString',
}

const maxValues = 32

/**
 * Every value below the elements after the field number, sequences opened: the parents' names stand in two sibling sequences or in one
 * that holds both. An empty sequence keeps its place as an empty text, so a lone mother is not taken for a father.
 */
export function readDg13Values(nodes: readonly TlvNode[], id: number, findings: Finding[]): Dg13Value[] {
  const out: Dg13Value[] = []
  const visit = (node: TlvNode, depth: number): void => {
    if (out.length >= maxValues) throw new CoreError('DER_BAD_VALUE', 'field has too many values', { params: { id } })
    if (node.tag !== 0x30) {
      out.push(readValue(node, id, findings))
      return
    }
    if (depth > 3) throw new CoreError('TLV_TOO_DEEP', 'field is nested too deep', { params: { id } })
    const children = node.children()
    if (children.length === 0) out.push({ type: 'SEQUENCE', text: '' })
    for (const child of children) visit(child, depth + 1)
  }
  for (const node of nodes) visit(node, 0)
  return out
}

function readValue(node: TlvNode, id: number, findings: Finding[]): Dg13Value {
  const type = stringTypes[node.tag]
  if (type === undefined) {
    findings.push({ code: 'dg13-not-a-string', severity: 'warning', field: `DG13.${id}`, data: { tag: node.tag } })
    return { type: `tag ${node.tag.toString(16)}`, bytes: node.value.slice() }
  }
  // UTF-8 under a type for ASCII: written by encoders that take one type for all.
  const mistyped = node.tag < 0x1c && node.tag !== 0x0c && node.value.some((byte) => byte >= 0x80)
  if (mistyped) findings.push({ code: 'dg13-string-type', severity: 'info', field: `DG13.${id}`, data: { type } })
  const text = mistyped ? decodeUtf8(node.value) : readString(node)
  if (text !== text.normalize('NFC')) findings.push({ code: 'dg13-not-nfc', severity: 'info', field: `DG13.${id}` })
  return { type, text }
}
