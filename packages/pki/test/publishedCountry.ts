import { encodeTlv, encodeUtf8 } from '@cccd/core'
import { type Fetcher, HttpError, type OutboundRequest } from '@cccd/http'
import { makeCountry, read } from './demoCountry.js'
import { extension, oid, sequence } from './issuer.js'

const uri = (address: string): Uint8Array => encodeTlv(0x86, encodeUtf8(address))

/** cRLDistributionPoints with a point for each list of places. */
export const pointsAt = (...points: readonly (readonly string[])[]): Uint8Array =>
  extension('2.5.29.31', sequence(...points.map((places) => sequence(encodeTlv(0xa0, encodeTlv(0xa0, ...places.map(uri)))))))

/** authorityInfoAccess with responders. */
export const respondersAt = (...addresses: readonly string[]): Uint8Array =>
  extension('1.3.6.1.5.5.7.1.1', sequence(...addresses.map((address) => sequence(oid('1.3.6.1.5.5.7.48.1'), uri(address)))))

/** authorityInfoAccess with places of the issuer's certificates. */
export const issuersAt = (...addresses: readonly string[]): Uint8Array =>
  extension('1.3.6.1.5.5.7.1.1', sequence(...addresses.map((address) => sequence(oid('1.3.6.1.5.5.7.48.2'), uri(address)))))

/** A country whose signer says where its revocation is published. */
export async function publishedCountry(...extensions: readonly Uint8Array[]) {
  const made = await makeCountry({ signer: { extensions } })
  return { ...made, signerCertificate: read(made.signer), cscaCertificate: read(made.csca) }
}

/** Hosts of a test, and what they were asked. An address that is not there gives `HTTP_CONNECTION`. */
export function hosts(
  answers: Readonly<Record<string, (request: OutboundRequest) => Promise<Uint8Array> | Uint8Array | number>>,
) {
  const asked: string[] = []
  const fetcher: Fetcher = {
    async fetch(request) {
      const { url } = request
      asked.push(url)
      const answer = await answers[url]?.(request)
      if (answer === undefined) throw new HttpError('HTTP_CONNECTION', 'no answer')
      return typeof answer === 'number' ? { status: answer, url, body: new Uint8Array(0) } : { status: 200, url, body: answer }
    },
  }
  return { fetcher, asked }
}
