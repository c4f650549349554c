import { checkOf, encodeTlv, encodeUtf8 } from '@cccd/core'
import { createTrustStore, parseCertificate, type TrustMaterial, type VerifyChainOptions, verifyChain } from '@cccd/pki'
import { drawChain, type ExplanationNode, explainChain } from '@cccd/pki/explain'
import { defaultProfilePolicy } from '@cccd/pki/profile'
import { parseRevocationList } from '@cccd/pki/revocation'
import { describe, expect, it } from 'vitest'
import { at, country, document, makeCountry, read } from './demoCountry.js'
import { contradictions } from './impliedVerdict.js'
import { bits, extension, integer, issue, octets, oid, sequence, set, testKey } from './issuer.js'
import { revocationList } from './revocationIssuer.js'

type Case = readonly [string, () => Promise<Omit<VerifyChainOptions, 'trust'> & { readonly material: TrustMaterial }>]

const anchor = (certificate: Uint8Array, source = 'list.ml') => ({ certificate, source })
const right = async (changes: Parameters<typeof makeCountry>[0] = {}) => {
  const { csca, signer } = await makeCountry(changes)
  return { signer: read(signer), at, document, material: { anchors: [anchor(csca)] } }
}

const purpose = extension('2.5.29.37', sequence(oid('2.23.136.1.1.3')), true)

/** Every way in which a chain can end, the right one first. */
const cases: readonly Case[] = [
  ['a chain that holds', () => right()],
  ['a trust store without anyone', async () => ({ ...(await right()), material: {} })],
  ['a CSCA of the same name with another key', async () => ({ ...(await right()), ...(await otherKey()) })],
  ['a document of another country', async () => ({ ...(await right()), document: { country: 'XA', type: 'P' } })],
  ['an anchor that is no CA', () => right({ csca: { ca: false } })],
  ['an anchor for passports, an identity card', async () => ({ ...(await right()), ...(await scoped()) })],
  ['a signer that has ended', async () => ({ ...(await right()), at: '2099-01-01' })],
  ['a signer of tomorrow, signed today', async () => ({ ...(await right()), at: '1990-01-01', signingTime: '1990-01-01' })],
  ['a signer that was pinned', async () => ({ ...(await right()), ...(await pinned(['An', 'Bình'])) })],
  ['a signer whose pin nobody confirmed', async () => ({ ...(await right()), ...(await pinned([])) })],
  ['a signer whose pin one operator asked for', async () => ({ ...(await right()), ...(await pinned(['An'])) })],
  ['a profile that refuses', async () => ({ ...(await right()), profile: { fatal: ['extension-missing'] } })],
  ['the profile of every day', async () => ({ ...(await right()), profile: defaultProfilePolicy })],
  ['a link to the newer key', linked],
  ['nobody known, and a signer that the profile refuses', async () => ({ ...(await refused()), material: {} })],
  ['a signer that the profile refuses', refused],
  ['nobody known, and an extension that nobody understands', async () => ({ ...(await odd()), material: {} })],
  ['an extension that nobody understands', odd],
  ['revocation that need not be known', async () => ({ ...(await right()), revocation: { policy: 'prefer' } })],
  ['revocation that must be known', async () => ({ ...(await right()), revocation: { policy: 'require' } })],
  ['a revoked signer', revokedSigner],
  ['an anchor that looks like a list signer', () => right({ csca: { extensions: [purpose] } })],
  ['an anchor whose subject cannot be read', async () => ({ ...(await right()), ...(await unreadable()) })],
  ['an anchor whose period of key use cannot be read', () => right({ csca: { extensions: [extension('2.5.29.16', octets())] } })],
  ['an anchor whose key cannot be computed, beside one that did not sign', uncomputable],
  ['an anchor that another one signed, whom the profile would refuse', above],
  ['an anchor out of scope, and a signer that may not sign such documents', outOfScope],
  ['a certificate that cannot be read', async () => ({ ...(await right()), signer: cut((await makeCountry()).signer) })],
]

async function refused() {
  return { ...(await right({ signer: { keyUsage: Uint8Array.of(5, 0x20) } })), profile: defaultProfilePolicy }
}

async function odd() {
  return right({ signer: { extensions: [extension('1.2.3.4', octets(), true)] } })
}

async function revokedSigner() {
  const { cscaKey } = await makeCountry()
  const list = await revocationList({ issuer: country.csca, key: cscaKey, revoked: [{ serialNumber: 0x11 }] })
  return { ...(await right()), revocation: { policy: 'prefer', lists: [parseRevocationList(list)] } as const }
}

/** The CSCA with a name of which only the frame is right: it is found by its key identifier. */
async function unreadable() {
  const { csca } = await makeCountry()
  const name = read(csca).subject.raw
  const at = findLast(csca, name)
  const broken = csca.slice()
  // The first attribute's SEQUENCE holds an element that is no object identifier.
  broken[at + 6] = 0x04
  return { material: { anchors: [anchor(broken)] } }
}

function findLast(bytes: Uint8Array, part: Uint8Array): number {
  for (let at = bytes.length - part.length; at >= 0; at--) if (part.every((byte, index) => bytes[at + index] === byte)) return at
  throw new RangeError('part is not there')
}

async function uncomputable() {
  const { cscaKey } = await makeCountry()
  const curve = {
    publicKeyInfo: sequence(sequence(oid('1.2.840.10045.2.1'), oid('1.3.36.3.3.2.8.1.1.99')), bits(cscaKey.identifier)),
  }
  const strange = await issue({ subject: country.csca, key: cscaKey, ...curve })
  const another = await issue({ subject: country.csca, key: await testKey('another'), keyIdentifier: cscaKey.identifier })
  return { ...(await right()), material: { anchors: [anchor(another), anchor(strange)] } }
}

async function above() {
  const older = await testKey('older')
  const root = { subject: country.csca, key: older }
  const first = await issue({ ...root, keyUsage: Uint8Array.of(2, 0x04) })
  const { cscaKey, signer } = await makeCountry()
  const link = await issue({ subject: country.csca, key: cscaKey, issuer: root, ca: true })
  const material = { anchors: [anchor(first, 'old.ml'), anchor(link, 'new.ml')] }
  return { signer: read(signer), at, document, material, profile: defaultProfilePolicy }
}

async function outOfScope() {
  const types = extension('2.23.136.1.1.6.2', sequence(integer(0), set(encodeTlv(0x13, encodeUtf8('P')))))
  return { ...(await right({ signer: { extensions: [types] } })), ...(await scoped()) }
}

async function otherKey() {
  return { material: { anchors: [anchor(await issue({ subject: country.csca, key: await testKey('another') }))] } }
}

async function scoped() {
  const { csca } = await makeCountry()
  const limited = { ...anchor(csca), scope: { documents: 'passport' as const } }
  return { document: { country: 'XU', type: 'ID' }, material: { anchors: [limited] } }
}

async function pinned(confirmedBy: readonly string[]) {
  const { signer } = await makeCountry()
  return { material: { pins: [{ certificate: signer, source: 'branch 12', confirmedBy }] } }
}

async function linked() {
  const older = await testKey('older')
  const { signer, cscaKey } = await makeCountry()
  const link = await issue({ subject: country.csca, key: cscaKey, issuer: { subject: country.csca, key: older }, ca: true })
  const root = await issue({ subject: country.csca, key: older })
  const material = { anchors: [anchor(root, 'old.ml')], certificates: [anchor(link, 'pkd.ldif')] }
  return { signer: read(signer), at, document, material }
}

/** The same certificate with a time that is none. */
function cut(signer: Uint8Array) {
  const text = [...signer].map((byte) => String.fromCharCode(byte)).join('')
  const position = text.search(/\d{12}Z/)
  return parseCertificate(signer.map((byte, index) => (index === position + 2 ? 0x39 : byte)))
}

function flat(nodes: readonly ExplanationNode[]): ExplanationNode[] {
  return nodes.flatMap((node) => [node, ...flat(node.children)])
}

async function explain(make: Case[1]) {
  const { material, ...options } = await make()
  const trust = await createTrustStore(material)
  return { explanation: await explainChain({ ...options, trust }), verdict: await verifyChain({ ...options, trust }) }
}

describe('a verdict as a tree', () => {
  it.each(cases)('%s: the verdict is verifyChain’s, and the tree says what it rests on', async (_, make) => {
    const { explanation, verdict } = await explain(make)
    expect(explanation.result).toEqual(verdict)
    expect(explanation.tree.map(({ step, status, reason }) => ({ step, status, reason }))).toEqual(
      verdict.checks.map(({ id, status, reason }) => ({ step: id, status, reason })),
    )
    const [csca] = explanation.tree
    const below = flat(csca?.children ?? [])
    if (csca?.status === 'passed') {
      expect(below.length).toBeGreaterThan(4)
      expect(below.filter(({ status }) => status === 'failed')).toEqual([])
    } else if (explanation.certificates.length > 0) {
      expect(below.map(({ status, reason }) => `${status} ${reason}`)).toContain(`${csca?.status} ${csca?.reason}`)
    } else expect(csca?.reason).toBe('certificate-malformed')
    expect(contradictions(explanation)).toEqual([])
    const pin = explanation.tree[3]
    for (const { status } of pin?.children ?? []) expect(status).toBe(pin?.status)
    for (const { status, children } of explanation.tree.slice(1, 3)) {
      if (children.length > 0) expect(status).toBe(children.every((child) => child.status === 'passed') ? 'passed' : 'failed')
    }
  })

  it('all ends of a chain are among the cases', async () => {
    const ends = await Promise.all(
      cases.map(async ([, make]) => (await explain(make)).verdict.checks.map(({ status }) => status)),
    )
    const of = (index: number) => new Set(ends.map((statuses) => statuses[index]))
    expect(of(0)).toEqual(new Set(['passed', 'inconclusive', 'failed']))
    expect(of(3)).toEqual(new Set(['not-performed', 'passed', 'inconclusive', 'failed']))
  })

  it('names certificate, clause and source of every step', async () => {
    const { explanation } = await explain(cases[0]?.[1] as Case[1])
    const signature = flat(explanation.tree).find(({ step }) => step === 'issuer-signature')
    expect(signature).toMatchObject({ status: 'passed', clause: 'RFC 5280, 6.1.3 (a) (1)', sources: ['list.ml'] })
    expect(signature?.certificate).toBe(explanation.certificates[1]?.fingerprint)
    expect(explanation.certificates.map(({ role, sources }) => [role, sources])).toEqual([
      ['signer', []],
      ['csca', ['list.ml']],
    ])
  })

  it('tells somebody of the same name from who signed', async () => {
    const { explanation } = await explain(cases[2]?.[1] as Case[1])
    const [other, unknown] = flat(explanation.tree).filter(({ step }) => step.startsWith('issuer-'))
    expect([other?.status, unknown?.status ?? other?.status]).toContain(checkOf(explanation.result, 'chain.csca').status)
  })

  it('follows a link', async () => {
    const { explanation } = await explain(linked)
    expect(explanation.certificates.map(({ role }) => role)).toEqual(['signer', 'link', 'csca'])
    expect(explanation.tree[0]?.status).toBe('passed')
  })
})

describe('a verdict as a picture', () => {
  it.each(cases)('%s: well-formed in both languages', async (_, make) => {
    const { explanation } = await explain(make)
    for (const language of ['vi', 'en'] as const) {
      const svg = drawChain(explanation, { language })
      expect(unbalanced(svg)).toEqual([])
      for (const { info } of explanation.certificates) expect(svg).toContain(info.notBefore.slice(0, 10))
      expect(svg).not.toMatch(/NaN|Infinity|undefined/)
    }
  })

  it('shows a name as a name, whatever it holds', async () => {
    const evil = 'C=XU, O=Utopia, CN=</text><script>alert(1)</script>&\u0007"'
    const key = await testKey('csca')
    const trust = await createTrustStore({ anchors: [anchor(await issue({ subject: evil, key }), '"><img src=x>')] })
    const signer = read(await issue({ subject: evil, key: await testKey('signer'), issuer: { subject: evil, key } }))
    const svg = drawChain(await explainChain({ signer, trust, at, document }), { language: 'en', caption: '<b>&' })
    expect(svg).not.toMatch(/<script|<img|<b>/)
    expect(svg).not.toContain('\u0007')
    expect(svg).toContain('&#60;script&#62;')
    expect(unbalanced(svg)).toEqual([])
  })
})

it('a name draws no lines and no colours of its own in a report', async () => {
  const key = await testKey('csca')
  const { subject } = read(await issue({ subject: 'C=XU, CN=A\u001b[2K\r\n  \u2713 passed\u202e\u009b', key }))
  expect(subject.text).toBe('C=XU, CN=A\\1B[2K\\0D\\0A  \u2713 passed\\E2\\80\\AE\\C2\\9B')
})

it('a value that holds a comma does not look like two attributes', async () => {
  const key = await testKey('csca')
  const [type, value] = ['2.5.4.3', 'Signer 1, O=Ministry\\']
  const forged = sequence(set(sequence(oid(type), encodeTlv(0x0c, encodeUtf8(value)))))
  const { issuer } = read(await issue({ subject: 'C=XU, CN=A', key, issuerName: forged }))
  expect(issuer.text).toBe('CN=Signer 1\\, O=Ministry\\\\')
  expect(issuer.attributes).toEqual([{ oid: type, value }])
})

/** Tags that stand open at the end, after attributes with quoted values only. */
function unbalanced(svg: string): string[] {
  const open: string[] = []
  const rest = svg.replace(/<(\/?)([a-z]+)((?:\s+[A-Za-z-]+="[^"<]*")*)\s*(\/?)>/g, (_, closes, name, __, alone) => {
    if (closes !== '') {
      if (open.pop() !== name) open.push(`</${name}>`)
    } else if (alone === '') open.push(name)
    return ''
  })
  return [...open, ...(/[<>]/.test(rest) ? ['a stray bracket'] : [])]
}
