// A DEMO card whose signer may have been revoked: its authority is served here, and asked as a real one would be. Say `revoked` to see it fail.
import { systemRandom as random } from '@cccd/crypto'
import { accessFromCan, readChip, verifyReading } from '@cccd/emrtd'
import { nodeFetcher } from '@cccd/http/node'
import { createTrustStore, parseCertificate } from '@cccd/pki'
import { fetchRevocation, RevocationCache } from '@cccd/pki/revocation'
import { authorityAddresses, createIssuer, createServices, personalise, syntheticCitizen, virtualCard } from '@cccd/simulator'
import { serveAuthority } from '@cccd/simulator/node'

const [state = 'good', port = '8632'] = process.argv.slice(2)
const at = new Date().toISOString()

// The issuer: its certificates say where its revocation list and its OCSP responder are, and there they are.
const issuer = await createIssuer({ random, at, addresses: authorityAddresses(Number(port)) })
const card = await personalise(issuer, syntheticCitizen(random, { at: at.slice(0, 10) }), { random, at })
const signer = parseCertificate(issuer.signer.certificate)
const authority = await serveAuthority({
  port: Number(port),
  services: await createServices(issuer, { random }),
  clock: () => at,
  random,
  revoked: state === 'revoked' ? [{ serialNumber: signer.serialNumber, at, reason: 1 }] : [],
})

// The verifier. Only because the authority is on this machine may the fetcher go to its private address and port.
const trust = await createTrustStore({ anchors: [{ certificate: issuer.csca.certificate, source: 'DEMO' }], allowDemo: true })
const policy = { schemes: ['http'], hosts: ['127.0.0.1'], ports: [authority.port], allowPrivateAddresses: true } as const
const fetcher = nodeFetcher({ policy })
const cache = new RevocationCache()
const issuers = trust.anchorsNamed(signer.issuer).map(({ certificate }) => certificate)
const { input, material, misses } = await fetchRevocation([signer], { fetcher, cache, issuers, at, policy: 'require' })
for (const { type, from, url } of material) console.log(`${type} of the ${from}: ${url}`)
for (const { type, reason } of misses) console.log(`no ${type}: ${reason}`)
await authority.close()

const reading = await readChip(virtualCard(card), { access: accessFromCan(card.can), files: ['DG1', 'DG2'] })
const report = await verifyReading(reading, { trust, at, revocation: input })
for (const { id, status, reason = '' } of report.checks) console.log(`${status.padEnd(13)}  ${id}  ${reason}`.trimEnd())
