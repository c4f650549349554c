import ipaddr from 'ipaddr.js'
import { HttpError } from '../errors.js'

/** An address taken apart: what is checked is what is connected to, so no second reading of the text can differ. */
export interface Target {
  readonly scheme: 'http' | 'https'
  /** A name in small letters without final dot, or an address in its canonical form. */
  readonly host: string
  readonly isAddress: boolean
  readonly port: number
  /** Path and query, beginning with a slash. */
  readonly path: string
}

const maxLength = 2048
const form = /^(https?):\/\/(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?([/?][^#]*)?(?:#.*)?$/i
const label = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/
const dottedDecimal = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$/

/**
 * Reads an absolute http address, strictly: ASCII, no user, no blanks, hosts in one form each. `2130706433`, `0x7f.1` and `127.1` are
 * addresses to some resolvers and names to others, so they are neither here (CWE-918).
 *
 * @throws HttpError `HTTP_URL` (`params.reason`)
 */
export function parseTarget(url: string): Target {
  if (typeof url !== 'string') throw new TypeError('url must be a string')
  if (url.length > maxLength) throw unreadable('length')
  if (!/^[\x21-\x7e]+$/.test(url) || url.includes('\\')) throw unreadable('characters')
  const match = form.exec(url)
  if (match === null) throw unreadable('form')
  const scheme = match[1]?.toLowerCase() === 'https' ? 'https' : 'http'
  const port = match[3] === undefined ? (scheme === 'https' ? 443 : 80) : Number(match[3])
  if (port < 1 || port > 0xffff) throw unreadable('port')
  const tail = match[4] ?? '/'
  const path = tail.startsWith('/') ? tail : `/${tail}`
  return { scheme, ...hostOf((match[2] ?? '').toLowerCase()), port, path }
}

function hostOf(text: string): Pick<Target, 'host' | 'isAddress'> {
  if (text.startsWith('[')) {
    const inner = text.slice(1, -1)
    if (!ipaddr.IPv6.isValid(inner)) throw unreadable('address')
    return { host: ipaddr.IPv6.parse(inner).toString(), isAddress: true }
  }
  const name = text.replace(/\.$/, '')
  const labels = name.split('.')
  if (name.length > 253 || !labels.every((part) => label.test(part))) throw unreadable('host')
  const last = labels[labels.length - 1] ?? ''
  if (!/^(?:\d+|0x[0-9a-f]*)$/.test(last)) return { host: name, isAddress: false }
  // What ends in a number is an IPv4 address to a browser, in whatever base: only the one plain form is taken.
  if (!dottedDecimal.test(name)) throw unreadable('address')
  return { host: name, isAddress: true }
}

/** The text of a target, without fragment. */
export function formatTarget({ scheme, host, isAddress, port, path }: Target): string {
  const authority = isAddress && host.includes(':') ? `[${host}]` : host
  const standard = port === (scheme === 'https' ? 443 : 80)
  return `${scheme}://${authority}${standard ? '' : `:${port}`}${path}`
}

function unreadable(reason: string): HttpError {
  return new HttpError('HTTP_URL', 'not an absolute http address that can be asked', { params: { reason } })
}
