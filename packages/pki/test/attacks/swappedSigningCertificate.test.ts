import { encodeTlv, encodeUtf8 } from '@cccd/core'
import { defaultCrypto } from '@cccd/crypto/default'
import { parseSignedData, type SignedDataResult, verifySignedData } from '@cccd/pki'
import { describe, expect, it } from 'vitest'
import { country, makeCountry } from '../demoCountry.js'
import {
  byIssuerAndSerial,
  contentType,
  integer,
  ldsSecurityObject,
  messageDigest,
  name,
  octets,
  oid,
  sequence,
  set,
  signedData,
  signerInfo,
} from '../issuer.js'

const content = encodeUtf8('signed content')
const { signer, signerKey, csca } = await makeCountry()

const attribute = (type: string, ...values: Uint8Array[]): Uint8Array => sequence(oid(type), set(...values))
const v1 = '1.2.840.113549.1.9.16.2.12'
const v2 = '1.2.840.113549.1.9.16.2.47'
const hashOf = (algorithm: 'sha1' | 'sha256' | 'sha512', certificate: Uint8Array): Uint8Array =>
  octets(defaultCrypto().hash(algorithm, certificate))
const identifier = (...fields: Uint8Array[]): Uint8Array => sequence(sequence(sequence(...fields)))
const issuerSerial = (issuer: string, serial: number): Uint8Array =>
  sequence(sequence(encodeTlv(0xa4, name(issuer))), integer(serial))

async function result(...bound: Uint8Array[]): Promise<SignedDataResult> {
  const attributes = [contentType(ldsSecurityObject), messageDigest(content), ...bound]
  const info = await signerInfo({ key: signerKey, identifier: byIssuerAndSerial(country.csca), attributes }, content)
  return verifySignedData(parseSignedData(signedData(content, [signer], [info])))
}

describe('a certificate put in the place of the one that signed', () => {
  it.each([
    ['v1', attribute(v1, identifier(hashOf('sha1', signer)))],
    ['v2', attribute(v2, identifier(hashOf('sha256', signer)))],
    ['v2 with SHA-512', attribute(v2, identifier(sequence(oid('2.16.840.1.101.3.4.2.3')), hashOf('sha512', signer)))],
    ['v2 with issuer and serial', attribute(v2, identifier(hashOf('sha256', signer), issuerSerial(country.csca, 0x11)))],
  ])('%s names the signer: passed', async (_, bound) => {
    expect(await result(bound)).toMatchObject({ status: 'passed' })
  })

  it.each([
    ['v1 of another', attribute(v1, identifier(hashOf('sha1', csca))), 'failed', 'signing-certificate-differs'],
    ['v2 of another', attribute(v2, identifier(hashOf('sha256', csca))), 'failed', 'signing-certificate-differs'],
    [
      'v2 with another serial',
      attribute(v2, identifier(hashOf('sha256', signer), issuerSerial(country.csca, 0x12))),
      'failed',
      'signing-certificate-differs',
    ],
    [
      'v2 with another issuer',
      attribute(v2, identifier(hashOf('sha256', signer), issuerSerial('C=XU, CN=Other', 0x11))),
      'failed',
      'signing-certificate-differs',
    ],
    ['v2 without an identifier', attribute(v2, sequence(sequence())), 'failed', 'structure-wrong'],
    [
      'v2 with a hash that nobody computes',
      attribute(v2, identifier(sequence(oid('1.2.840.113549.2.5')), hashOf('sha256', signer))),
      'inconclusive',
      'unsupported-algorithm',
    ],
  ])('%s: %s', async (_, bound, status, reason) => {
    expect(await result(bound)).toMatchObject({ status, reason })
  })

  it('v1 right and v2 wrong, or v2 twice: failed', async () => {
    const right = attribute(v1, identifier(hashOf('sha1', signer)))
    const wrong = attribute(v2, identifier(hashOf('sha256', csca)))
    expect(await result(right, wrong)).toMatchObject({ status: 'failed', reason: 'signing-certificate-differs' })
    const once = attribute(v2, identifier(hashOf('sha256', signer)))
    expect(await result(once, once)).toMatchObject({ status: 'failed', reason: 'structure-wrong' })
  })
})
