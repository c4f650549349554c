// A signer under a new key of its authority, and a verifier that knows only the old one: the certificate between is fetched from where the signer's
// certificate says that it is. Say `nothing` to see what becomes of it when nobody serves it.
import { systemRandom as random } from '@cccd/crypto'
import { nodeFetcher } from '@cccd/http/node'
import { demoExtensionOid, parseCertificate } from '@cccd/pki'
import { fetchIssuers, verifyCertificatePath } from '@cccd/pki/path'
import { authorityAddresses, createIssuer, createServices, renewCountryCa } from '@cccd/simulator'
import { serveAuthority } from '@cccd/simulator/node'

const [what = 'links', port = '8633'] = process.argv.slice(2)
const at = new Date().toISOString()

// The authority takes a new key, and serves beside its own certificate the one in which the old key signed the new.
const old = await createIssuer({ random, at, addresses: authorityAddresses(Number(port)) })
const issuer = await renewCountryCa(old, { random, at })
const authority = await serveAuthority({
  port: Number(port),
  services: await createServices(issuer, { random }),
  clock: () => at,
  random,
  certificates: what === 'links' ? [issuer.csca.certificate, ...issuer.links] : [issuer.csca.certificate],
})

// The verifier. What is fetched is a candidate: only a path to one of these anchors makes anything of it.
const anchors = [parseCertificate(old.csca.certificate)]
const certificate = parseCertificate(issuer.signer.certificate)
const policy = { schemes: ['http'], hosts: ['127.0.0.1'], ports: [authority.port], allowPrivateAddresses: true } as const
const { certificates, misses } = await fetchIssuers(certificate, { fetcher: nodeFetcher({ policy }), anchors })
await authority.close()
for (const { subject } of certificates) console.log(`fetched: ${subject.text}`)
for (const { reason, url } of misses) console.log(`not taken: ${reason} (${url})`)

// understoodExtensions: what makes a certificate DEMO is critical, and refused everywhere else.
const path = { certificate, anchors, certificates, at, understoodExtensions: [demoExtensionOid] }
const { status, reason = '' } = await verifyCertificatePath(path)
console.log(`${status} ${reason}`.trimEnd())
