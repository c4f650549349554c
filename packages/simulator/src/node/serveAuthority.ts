import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { RandomSource } from '@cccd/crypto'
import { answerOcsp, type OcspFault } from '../authority/answerOcsp.js'
import { answerTimestamp, type TimestampFault } from '../authority/answerTimestamp.js'
import { authorityAddresses } from '../authority/authorityAddresses.js'
import type { DemoServices } from '../authority/createServices.js'
import { demoRevocationList, type ListFault, type Revoked } from '../authority/demoRevocationList.js'
import { type IssuersFault, issuerCertificates } from '../authority/issuerCertificates.js'

/** What a host does instead of answering. */
export const hostFaults = ['silent', 'slow', 'huge', 'http-error', 'wrong-type', 'redirect-inside'] as const
export type HostFault = (typeof hostFaults)[number]

/** What goes wrong, at each service; may be changed while the host runs. */
export interface AuthorityFaults {
  ocsp?: OcspFault | HostFault | undefined
  timestamps?: TimestampFault | HostFault | undefined
  lists?: ListFault | HostFault | undefined
  issuers?: IssuersFault | HostFault | undefined
}

export interface ServeAuthorityOptions {
  readonly services: DemoServices
  /** The authority's clock: ISO 8601. */
  readonly clock: () => string
  readonly random: RandomSource
  /** What is revoked now; what is pushed into it later counts from then on. */
  readonly revoked?: readonly Revoked[]
  /** What it answers at its caIssuers address, DER (default: the issuer's certificate). */
  readonly certificates?: readonly Uint8Array[]
  readonly faults?: AuthorityFaults
  /** Default: any free one. */
  readonly port?: number
}

/** A running host, on the loopback address alone. */
export interface AuthorityHost {
  readonly port: number
  readonly ocsp: string
  readonly timestamps: string
  readonly lists: string
  readonly issuers: string
  close(): Promise<void>
}

type Service = keyof AuthorityFaults
const types = {
  ocsp: 'application/ocsp-response',
  timestamps: 'application/timestamp-reply',
  lists: 'application/pkix-crl',
}
const paths: Readonly<Record<string, Service>> = { ocsp: 'ocsp', tsa: 'timestamps', crl: 'lists', ca: 'issuers' }
const maxRequest = 65_536

/**
 * Serves a DEMO issuer's OCSP responder (`/ocsp`, POST and GET: RFC 6960 A.1), timestamp authority (`/tsa`, RFC 3161 3.4), revocation
 * list (`/crl`) and issuer's certificates (`/ca`, RFC 5280 4.2.2.1) over plain HTTP on 127.0.0.1, for tests. An issuer whose certificates state
 * these addresses is made with {@link authorityAddresses} of the same port.
 *
 * @example
 * const faults: AuthorityFaults = {}
 * const host = await serveAuthority({ services, clock: () => new Date().toISOString(), random: systemRandom, faults })
 * faults.ocsp = 'wrong-nonce'
 */
export async function serveAuthority(options: ServeAuthorityOptions): Promise<AuthorityHost> {
  const server = createServer((request, response) => {
    serve(request, response, options).catch(() => response.destroy())
  })
  const port = await listen(server, options.port ?? 0)
  return {
    port,
    ...authorityAddresses(port),
    timestamps: `http://127.0.0.1:${port}/tsa`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

async function serve(request: IncomingMessage, response: ServerResponse, options: ServeAuthorityOptions): Promise<void> {
  const [, name = '', ...rest] = (request.url ?? '').split('/')
  const service = paths[name]
  if (service === undefined) return void response.writeHead(404).end()
  const fault = options.faults?.[service]
  const body = request.method === 'GET' ? fromPath(rest.join('/')) : await bodyOf(request)
  if (body === undefined) return void response.writeHead(413).end()
  if (isHostFault(fault)) return misbehave(response, fault)
  const answer = await answerOf(service, body, options)
  response.writeHead(200, { 'content-type': answer.mediaType, 'content-length': answer.body.length }).end(answer.body)
}

interface Answer {
  readonly mediaType: string
  readonly body: Uint8Array
}

async function answerOf(service: Service, body: Uint8Array, options: ServeAuthorityOptions): Promise<Answer> {
  if (service !== 'issuers') return { mediaType: types[service], body: await signedAnswerOf(service, body, options) }
  const { services, certificates = [services.issuer.certificate], faults = {} } = options
  const fault = own(faults.issuers)
  return issuerCertificates(fault === 'wrong-signer' ? [services.impostor.issuer.certificate] : certificates, fault)
}

function signedAnswerOf(
  service: Exclude<Service, 'issuers'>,
  body: Uint8Array,
  options: ServeAuthorityOptions,
): Promise<Uint8Array> {
  const { services, random, clock, revoked = [], faults = {} } = options
  const context = { at: clock(), random }
  if (service === 'ocsp') return answerOcsp(body, services, { ...context, revoked, fault: own(faults.ocsp) })
  if (service === 'timestamps') return answerTimestamp(body, services, { ...context, fault: own(faults.timestamps) })
  return demoRevocationList(services, { ...context, revoked, fault: own(faults.lists) })
}

function own<Fault extends string>(fault: Fault | HostFault | undefined): Exclude<Fault, HostFault> | undefined {
  return isHostFault(fault) ? undefined : (fault as Exclude<Fault, HostFault> | undefined)
}

function isHostFault(fault: string | undefined): fault is HostFault {
  return hostFaults.some((each) => each === fault)
}

/** The request in the path, base64 and then percent-encoded (RFC 6960 A.1). */
function fromPath(path: string): Uint8Array {
  try {
    return new Uint8Array(Buffer.from(decodeURIComponent(path), 'base64'))
  } catch {
    return new Uint8Array(0)
  }
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of request) {
    length += (part as Uint8Array).length
    if (length > maxRequest) return undefined
    parts.push(part as Uint8Array)
  }
  return new Uint8Array(Buffer.concat(parts))
}

function misbehave(response: ServerResponse, fault: HostFault): void {
  if (fault === 'silent') return
  if (fault === 'http-error') return void response.writeHead(500).end()
  if (fault === 'wrong-type') return void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>')
  if (fault === 'redirect-inside') return void response.writeHead(302, { location: 'http://169.254.169.254/' }).end()
  response.writeHead(200)
  const part = new Uint8Array(fault === 'huge' ? 65_536 : 1)
  const timer = setInterval(() => response.write(part), fault === 'huge' ? 1 : 100)
  response.on('close', () => clearInterval(timer))
}
