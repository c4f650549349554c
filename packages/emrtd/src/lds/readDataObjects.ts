import { assertBytes, type Finding, parseTlv, type TlvNode } from '@cccd/core'
import { EmrtdError } from '../errors.js'

const maxLength = 4096
const maxObjects = 64

/**
 * The data objects of EF.ATR/INFO or EF.DIR, one after the other. Files of the card's operating system are read to their full size: what
 * fills them up, 00 or FF to the end, is a finding.
 */
export function readDataObjects(bytes: Uint8Array, file: 'ATR/INFO' | 'DIR', findings: Finding[]): TlvNode[] {
  assertBytes(bytes, file)
  if (bytes.length > maxLength)
    throw new EmrtdError('EMRTD_FILE_TOO_LARGE', 'file is larger than allowed', { params: { file, length: bytes.length } })
  const out: TlvNode[] = []
  for (let at = 0; at < bytes.length; ) {
    const rest = bytes.subarray(at)
    if (rest.every((byte) => byte === rest[0]) && (rest[0] === 0 || rest[0] === 0xff)) {
      findings.push({ code: 'file-padded', severity: 'info', field: file })
      break
    }
    const node = parseTlv(rest, { allowTrailing: true })
    if (out.push(node) > maxObjects)
      throw new EmrtdError('EMRTD_FILE_MALFORMED', 'file holds too many data objects', { params: { file } })
    at += node.end
  }
  return out
}

/** A file of the card's operating system that breaks a rule. */
export function badObjects(file: 'ATR/INFO' | 'DIR', message: string, cause?: unknown): EmrtdError {
  return new EmrtdError('EMRTD_FILE_MALFORMED', message, { params: { file }, cause })
}
