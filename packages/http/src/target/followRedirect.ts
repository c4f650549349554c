import { HttpError } from '../errors.js'
import { formatTarget, parseTarget, type Target } from './Target.js'

/**
 * Where a redirect leads: an absolute address, or a path on the same host. From https never to http.
 * @throws HttpError `HTTP_REDIRECT`, `HTTP_URL`
 */
export function followRedirect(from: Target, location: string | undefined): Target {
  if (location === undefined || location === '') throw notFollowed('no-location', from)
  const absolute = location.startsWith('//')
    ? `${from.scheme}:${location}`
    : location.startsWith('/')
      ? formatTarget({ ...from, path: location })
      : location
  const target = parseTarget(absolute)
  if (from.scheme === 'https' && target.scheme === 'http') throw notFollowed('downgrade', from)
  return target
}

export function notFollowed(
  reason: 'no-location' | 'downgrade' | 'too-many' | 'not-get' | 'hidden',
  { host }: Target,
): HttpError {
  return new HttpError('HTTP_REDIRECT', 'the redirect is not followed', { params: { reason, host } })
}
