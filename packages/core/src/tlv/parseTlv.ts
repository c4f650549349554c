import { assertBytes } from '../bytes.js'
import { CoreError } from '../errors/CoreError.js'
import { defaultMaxLength, readTlvAt, type TlvNode, type TlvRules } from './TlvNode.js'

export interface ParseTlvOptions {
  /** `ber` (default) or `der`. */
  readonly rules?: TlvRules
  /** Largest accepted input in bytes (default 16 MiB). */
  readonly maxLength?: number
  /** The tag that must stand there. */
  readonly tag?: number
  /** Leave bytes after the element alone (default: refuse them). */
  readonly allowTrailing?: boolean
}

/**
 * The one BER-TLV element that `bytes` hold.
 *
 * @throws CoreError `TLV_TOO_LARGE`, `TLV_TRUNCATED`, `TLV_BAD_TAG`, `TLV_BAD_LENGTH`, `TLV_TOO_DEEP`,
 * `TLV_UNEXPECTED_TAG`, `TLV_TRAILING_BYTES`
 * @example
 * parseTlv(decodeHex('3003020105'), { rules: 'der' }).children()[0].value // Uint8Array [5]
 */
export function parseTlv(bytes: Uint8Array, options: ParseTlvOptions = {}): TlvNode {
  assertBytes(bytes, 'bytes')
  if (bytes.length > (options.maxLength ?? defaultMaxLength))
    throw new CoreError('TLV_TOO_LARGE', 'input is larger than allowed', { params: { length: bytes.length } })
  const node = readTlvAt(bytes, 0, bytes.length, options.rules ?? 'ber', 0)
  if (options.tag !== undefined) expectTag(node, options.tag)
  if (node.end !== bytes.length && options.allowTrailing !== true)
    throw new CoreError('TLV_TRAILING_BYTES', 'bytes follow the element', { params: { trailing: bytes.length - node.end } })
  return node
}

/** All elements that stand one after the other in `bytes`. Throws as {@link parseTlv}. */
export function parseTlvSequence(bytes: Uint8Array, options: Omit<ParseTlvOptions, 'tag' | 'allowTrailing'> = {}): TlvNode[] {
  assertBytes(bytes, 'bytes')
  if (bytes.length > (options.maxLength ?? defaultMaxLength))
    throw new CoreError('TLV_TOO_LARGE', 'input is larger than allowed', { params: { length: bytes.length } })
  const out: TlvNode[] = []
  let at = 0
  while (at < bytes.length) {
    const node = readTlvAt(bytes, at, bytes.length, options.rules ?? 'ber', 0)
    out.push(node)
    at = node.end
  }
  return out
}

/** The node itself when it carries the tag. @throws CoreError `TLV_UNEXPECTED_TAG` */
export function expectTag(node: TlvNode | undefined, tag: number): TlvNode {
  if (node === undefined)
    throw new CoreError('TLV_UNEXPECTED_TAG', 'element is missing', { params: { expected: tag.toString(16) } })
  if (node.tag !== tag)
    throw new CoreError('TLV_UNEXPECTED_TAG', 'another element than expected', {
      params: { expected: tag.toString(16), found: node.tag.toString(16), offset: node.start },
    })
  return node
}
