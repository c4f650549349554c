import { encodeTlv } from '@cccd/core'
import { hashAlgorithmByOid, signatureSchemeOf } from '@cccd/pki'
import { describe, expect, it } from 'vitest'
import { integer, oid, sequence } from './issuer.js'

const sha384 = sequence(oid('2.16.840.1.101.3.4.2.2'))
const pss = '1.2.840.113549.1.1.10'
const unsupported = expect.objectContaining({ code: 'PKI_UNSUPPORTED_ALGORITHM' })

describe('signatureSchemeOf', () => {
  it('takes the hash from the SignerInfo where the algorithm names none', () => {
    const rsaEncryption = { oid: '1.2.840.113549.1.1.1', parameters: encodeTlv(0x05) }
    expect(signatureSchemeOf(rsaEncryption, { digest: 'sha256' })).toEqual({ type: 'rsa-pkcs1', hash: 'sha256' })
    expect(() => signatureSchemeOf(rsaEncryption)).toThrow(unsupported)
    expect(signatureSchemeOf({ oid: '1.2.840.10045.4.3.3' }, { digest: 'sha1' })).toEqual({
      type: 'ecdsa',
      hash: 'sha384',
      format: 'der',
    })
    expect(signatureSchemeOf({ oid: '0.4.0.127.0.7.1.1.4.1.3' })).toEqual({ type: 'ecdsa', hash: 'sha256', format: 'plain' })
  })

  it('reads RSASSA-PSS parameters, with the defaults of RFC 4055', () => {
    const defaults = { type: 'rsa-pss', hash: 'sha1', mgfHash: 'sha1', saltLength: 20 }
    expect(signatureSchemeOf({ oid: pss })).toEqual(defaults)
    expect(signatureSchemeOf({ oid: pss, parameters: sequence() })).toEqual(defaults)
    const mask = sequence(oid('1.2.840.113549.1.1.8'), sha384)
    const parameters = sequence(
      encodeTlv(0xa0, sha384),
      encodeTlv(0xa1, mask),
      encodeTlv(0xa2, integer(48)),
      encodeTlv(0xa3, integer(1)),
    )
    expect(signatureSchemeOf({ oid: pss, parameters })).toEqual({
      type: 'rsa-pss',
      hash: 'sha384',
      mgfHash: 'sha384',
      saltLength: 48,
    })
  })

  it.each([
    ['trailer 2', sequence(encodeTlv(0xa3, integer(2)))],
    ['an unknown mask function', sequence(encodeTlv(0xa1, sequence(oid('1.2.840.113549.1.1.9'), sha384)))],
    ['fields out of order', sequence(encodeTlv(0xa2, integer(20)), encodeTlv(0xa0, sha384))],
    ['a field twice', sequence(encodeTlv(0xa0, sha384), encodeTlv(0xa0, sha384))],
    ['an unknown field', sequence(encodeTlv(0xa4, integer(1)))],
    ['a negative salt', sequence(encodeTlv(0xa2, encodeTlv(0x02, Uint8Array.of(0xff))))],
    ['MD5', sequence(encodeTlv(0xa0, sequence(oid('1.2.840.113549.2.5'))))],
    ['a NULL', encodeTlv(0x05)],
  ])('refuses RSASSA-PSS with %s', (_, parameters) => {
    expect(() => signatureSchemeOf({ oid: pss, parameters })).toThrow(unsupported)
  })

  it.each(['1.2.840.113549.1.1.4', '1.2.840.10040.4.3', '__proto__', 'constructor', 'toString', ''])(
    'knows no algorithm %s',
    (unknown) => {
      expect(() => signatureSchemeOf({ oid: unknown })).toThrow(unsupported)
      expect(hashAlgorithmByOid(unknown)).toBeUndefined()
    },
  )

  it('refuses parameters where there are none to be', () => {
    const parameters = sequence(integer(1))
    for (const algorithm of ['1.2.840.10045.4.3.2', '1.2.840.113549.1.1.11'])
      expect(() => signatureSchemeOf({ oid: algorithm, parameters })).toThrow(unsupported)
  })
})
