// The server side: a challenge out, raw files of a chip in, facts back. The verdict of a client is never looked at.
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { json } from 'node:stream/consumers'
import { CccdError, encodeHex } from '@cccd/core'
import { systemRandom } from '@cccd/crypto'
import { decodeReading, readingFromVietnameseUpload, type VietnameseUpload, verifyReading } from '@cccd/emrtd'
import { createTrustStore, type TrustStore } from '@cccd/pki'
import { loadTrustMaterial } from '@cccd/pki/node'

const challenges = new Map<string, Uint8Array>() // yours: in a database, bound to a session, gone after minutes

async function newChallenge(): Promise<object> {
  const [id, challenge] = [encodeHex(systemRandom(16)), systemRandom(8)]
  challenges.set(id, challenge)
  return { id, challenge: encodeHex(challenge) }
}

async function verdict(request: IncomingMessage, id: string, trust: TrustStore): Promise<object> {
  const challenge = challenges.get(id)
  challenges.delete(id) // single use, also when verification fails
  if (!(Number(request.headers['content-length']) < 8_000_000)) return { error: 'too large' }
  const body: unknown = await json(request)
  const isUpload = typeof body === 'object' && body !== null && 'sodData' in body // what Vietnamese capture SDKs send
  const reading = isUpload ? readingFromVietnameseUpload(body as VietnameseUpload) : decodeReading(body)
  const expect = challenge === undefined ? {} : { activeAuthenticationChallenge: challenge }
  const { checks, summary } = await verifyReading(reading, { trust, at: new Date().toISOString(), expect })
  return { checks, summary } // report.identity stays here, for whoever asked for it
}

export function verifierServer(trust: TrustStore): Server {
  return createServer((request, response) => {
    const [, what, id = ''] = (request.url ?? '').split('/') // POST /challenges, POST /verifications/ID
    const answer = what === 'challenges' ? newChallenge() : verdict(request, id, trust)
    const refused = (error: unknown) => ({ error: CccdError.is(error) ? error.code : 'bad request' })
    void answer.catch(refused).then((value) => response.end(JSON.stringify(value)))
  })
}

const [port = '', ...files] = process.argv.slice(2)
if (/^\d+$/.test(port)) verifierServer(await createTrustStore(await loadTrustMaterial(files))).listen(Number(port))
