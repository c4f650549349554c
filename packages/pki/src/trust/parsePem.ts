import { decodeBase64, decodeLatin1 } from '@cccd/core'
import { PkiError } from '../errors.js'

/** One PEM block: its label (`CERTIFICATE`, `CMS`, …) and bytes. */
export interface PemBlock {
  readonly label: string
  readonly bytes: Uint8Array
}

const maxLength = 32 * 1024 * 1024
const begin = '-----BEGIN '
const dashes = '-----'

/**
 * All PEM blocks of a text (RFC 7468); what stands between them is explanatory text and is passed over. Both line ends.
 * @throws PkiError `PKI_BAD_PEM` for a block without its end or with something else than base64 in it, and for a text over 32 MiB
 * @example
 * parsePem(text).filter(({ label }) => label === 'CERTIFICATE').map(({ bytes }) => parseCertificate(bytes))
 */
export function parsePem(input: string | Uint8Array): PemBlock[] {
  if (input.length > maxLength)
    throw new PkiError('PKI_BAD_PEM', 'text is larger than allowed', { params: { length: input.length } })
  const text = typeof input === 'string' ? input : decodeLatin1(input)
  const blocks: PemBlock[] = []
  for (let start = text.indexOf(begin); start >= 0; start = text.indexOf(begin, start)) {
    const labelEnd = text.indexOf(dashes, start + begin.length)
    const label = text.slice(start + begin.length, labelEnd)
    const end = `-----END ${label}-----`
    const bodyEnd = text.indexOf(end, labelEnd)
    if (labelEnd < 0 || label.length > 64 || bodyEnd < 0) throw new PkiError('PKI_BAD_PEM', 'PEM block has no end')
    blocks.push({ label, bytes: decodeBody(text.slice(labelEnd + dashes.length, bodyEnd)) })
    start = bodyEnd + end.length
  }
  return blocks
}

function decodeBody(body: string): Uint8Array {
  try {
    return decodeBase64(body.replace(/\s+/g, ''))
  } catch (cause) {
    throw new PkiError('PKI_BAD_PEM', 'PEM block is not base64', { cause })
  }
}
