import type { AuthorityAddresses } from '../issuer/AuthorityAddresses.js'

/**
 * The addresses of what `serveAuthority` of `@cccd/simulator/node` serves at a port, for an issuer whose certificates are to state them.
 *
 * @example const issuer = await createIssuer({ random, addresses: authorityAddresses(8632) })
 */
export function authorityAddresses(port: number): Required<AuthorityAddresses> {
  if (!Number.isInteger(port) || port < 1 || port > 0xffff) throw new RangeError('port must be from 1 to 65535')
  const base = `http://127.0.0.1:${port}`
  return { lists: `${base}/crl`, ocsp: `${base}/ocsp`, issuers: `${base}/ca` }
}
