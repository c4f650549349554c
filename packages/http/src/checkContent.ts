import { HttpError } from './errors.js'

export interface ContentHeaders {
  readonly contentType: string | undefined
  readonly contentEncoding: string | undefined
  readonly contentLength: string | undefined
}

/**
 * What the head of an answer says of its body. Nothing is unpacked: identity was asked for, and a packed body may unfold without end.
 * @throws HttpError `HTTP_CONTENT`, `HTTP_TOO_LARGE`
 */
export function checkContent(
  headers: ContentHeaders,
  wanted: { readonly accept: readonly string[]; readonly maxBytes: number; readonly host: string; readonly ok: boolean },
): string | undefined {
  const { accept, maxBytes, host, ok } = wanted
  const encoding = headers.contentEncoding?.trim().toLowerCase() ?? 'identity'
  if (encoding !== 'identity' && encoding !== '')
    throw new HttpError('HTTP_CONTENT', 'the answer is packed although that was not asked for', {
      params: { reason: 'encoding', host },
    })
  if (headers.contentLength !== undefined && Number(headers.contentLength) > maxBytes) throw tooLarge(host, maxBytes)
  const mediaType = headers.contentType?.split(';')[0]?.trim().toLowerCase()
  if (ok && accept.length > 0 && (mediaType === undefined || !accept.includes(mediaType)))
    throw new HttpError('HTTP_CONTENT', 'the answer is of another media type', { params: { reason: 'media-type', host } })
  return mediaType === '' ? undefined : mediaType
}

export function tooLarge(host: string, limit: number): HttpError {
  return new HttpError('HTTP_TOO_LARGE', 'the answer is longer than allowed', { params: { host, limit } })
}
