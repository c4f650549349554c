import { concatBytes, decodeHex, encodeTlv, encodeUtf8, isCccdError } from '@cccd/core'
import { describeCertificate, parseCertificate, parsePublicKeyInfo, tryParseCertificate } from '@cccd/pki'
import { describe, expect, it } from 'vitest'
import { country, makeCountry } from './demoCountry.js'
import { bits, extension, integer, issue, name, octets, oid, publicKeyInfo, sequence, set, testKey } from './issuer.js'

const { csca, signer, cscaKey, signerKey } = await makeCountry()

describe('Certificate', () => {
  it('has the fields of its bytes', () => {
    const certificate = parseCertificate(signer)
    expect(Object.keys(certificate)).toEqual(['raw'])
    expect(certificate.raw).toEqual(signer)
    expect(certificate.raw).not.toBe(signer)
    expect(describeCertificate(certificate)).toEqual({
      subject: country.signer,
      issuer: country.csca,
      serialNumber: '11',
      notBefore: '2020-01-01T00:00:00Z',
      notAfter: '2035-01-01T00:00:00Z',
      keyIdentifier: expect.stringMatching(/^[0-9a-f]{40}$/),
      authorityKeyIdentifier: expect.stringMatching(/^[0-9a-f]{40}$/),
      publicKey: { type: 'ec', curve: 'P-256' },
      signatureAlgorithm: 'ecdsa sha256',
      isCa: false,
      keyUsage: ['digitalSignature'],
      country: 'XU',
    })
    expect(certificate.keyIdentifier).toEqual(signerKey.identifier)
    expect(certificate.authorityKeyIdentifier).toEqual(cscaKey.identifier)
    expect(parseCertificate(csca)).toMatchObject({ isCa: true, pathLength: 0, selfIssued: true })
  })

  it('takes what real certificates have', async () => {
    const make = async (changes: Partial<Parameters<typeof issue>[0]>): Promise<ReturnType<typeof parseCertificate>> =>
      parseCertificate(await issue({ subject: country.csca, key: cscaKey, ...changes }))
    const twenty = decodeHex(`f0${'11'.repeat(19)}`)
    expect((await make({ serialNumber: twenty })).serialNumber).toEqual(twenty)
    expect((await make({ subject: 'C=xu, CN=lower' })).country).toBe('XU')
    expect((await make({ subject: 'O=nobody' })).country).toBeUndefined()
    // ECDSA with NULL parameters (AT, DE)
    const withNull = sequence(oid('1.2.840.10045.4.3.2'), encodeTlv(0x05))
    expect(describeCertificate(await make({ algorithm: withNull })).signatureAlgorithm).toBe('ecdsa sha256')
    // SubjectKeyIdentifier without its OCTET STRING (LT), cA as 01 (UA)
    const bare = await make({ keyIdentifier: 'none', extensions: [extension('2.5.29.14', cscaKey.identifier)] })
    expect(bare.keyIdentifier).toEqual(cscaKey.identifier)
    const ukrainian = extension('2.5.29.19', sequence(encodeTlv(0x01, Uint8Array.of(1)), integer(0)))
    expect((await make({ ca: false, extensions: [ukrainian] })).isCa).toBe(true)
    const types = ['P', 'PO'].map((type) => encodeTlv(0x13, encodeUtf8(type)))
    for (const list of [sequence(integer(0), set(...types)), sequence(...types)])
      expect((await make({ extensions: [extension('2.23.136.1.1.6.2', list)] })).documentTypes).toEqual(['P', 'PO'])
  })

  it.each([
    ['bytes after it', concatBytes(signer, Uint8Array.of(0))],
    ['a cut end', signer.subarray(0, -1)],
    ['nothing', new Uint8Array(0)],
    ['an element too many', sequence(sequence(), sequence(), bits(new Uint8Array(1)), integer(1))],
    ['more than 256 KiB', sequence(octets(new Uint8Array(300_000)))],
  ])('refuses %s', (_, input) => {
    expect(tryParseCertificate(input)).toMatchObject({ ok: false, error: { code: 'PKI_BAD_CERTIFICATE' } })
  })

  it('refuses what is no byte array as the mistake it is', () => {
    const text: unknown = 'MII'
    expect(() => parseCertificate(text as Uint8Array)).toThrow(TypeError)
  })

  it('says so when a field is malformed, and only when it is asked', async () => {
    const certificate = parseCertificate(await issue({ subject: country.csca, key: cscaKey, issuerName: sequence(integer(1)) }))
    expect(certificate.subject.text).toBe(country.csca)
    expect(() => certificate.issuer).toThrow(expect.objectContaining({ code: 'PKI_BAD_CERTIFICATE' }))
  })

  it('reads a name of every string type, and one that is no string', () => {
    const certificate = parseCertificate(signer)
    expect(certificate.subject.attributes).toEqual([
      { oid: '2.5.4.6', value: 'XU' },
      { oid: '2.5.4.10', value: 'Utopia' },
      { oid: '2.5.4.3', value: 'Document Signer 1' },
    ])
    expect(name('CN=x').length).toBeGreaterThan(0)
  })
})

describe('parsePublicKeyInfo', () => {
  it('reads RSA under both identifiers, with and without NULL, and any exponent', async () => {
    const { publicKey } = await testKey('rsa', { bits: 1024 })
    expect(parsePublicKeyInfo(publicKeyInfo(publicKey))).toEqual(publicKey)
    if (publicKey.type !== 'rsa') throw new TypeError('key is RSA')
    for (const [algorithm, exponent] of [
      [sequence(oid('1.2.840.113549.1.1.1')), 3],
      [sequence(oid('1.2.840.113549.1.1.10')), 38_129],
    ] as const) {
      const spki = sequence(algorithm, bits(sequence(integer(publicKey.modulus), integer(exponent))))
      expect(parsePublicKeyInfo(spki)).toMatchObject({ type: 'rsa', modulus: publicKey.modulus })
    }
  })

  it.each([
    ['a named curve that nobody knows', sequence(oid('1.2.840.10045.2.1'), oid('1.3.132.0.10')), 'PKI_UNKNOWN_CURVE'],
    ['no parameters', sequence(oid('1.2.840.10045.2.1')), 'PKI_BAD_PUBLIC_KEY'],
    ['Ed25519', sequence(oid('1.3.101.112')), 'PKI_UNSUPPORTED_ALGORITHM'],
    ['__proto__ of nothing', sequence(oid('2.5.4.3')), 'PKI_UNSUPPORTED_ALGORITHM'],
  ])('refuses %s', (_, algorithm, code) => {
    const point = cscaKey.publicKey.type === 'ec' ? cscaKey.publicKey.point : new Uint8Array(0)
    try {
      parsePublicKeyInfo(sequence(algorithm, bits(point)))
      expect.unreachable()
    } catch (error) {
      expect(isCccdError(error, code)).toBe(true)
    }
  })

  it('refuses a compressed point and a negative modulus', () => {
    const algorithm = sequence(oid('1.2.840.10045.2.1'), oid('1.2.840.10045.3.1.7'))
    expect(() => parsePublicKeyInfo(sequence(algorithm, bits(concatBytes(Uint8Array.of(2), new Uint8Array(32)))))).toThrow(
      expect.objectContaining({ code: 'PKI_UNSUPPORTED_ALGORITHM' }),
    )
    const rsa = sequence(
      sequence(oid('1.2.840.113549.1.1.1')),
      bits(sequence(encodeTlv(0x02, Uint8Array.of(0x80, 1)), integer(3))),
    )
    expect(() => parsePublicKeyInfo(rsa)).toThrow(expect.objectContaining({ code: 'PKI_BAD_PUBLIC_KEY' }))
  })
})
