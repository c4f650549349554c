import { concatBytes, encodeTlv, encodeUtf8 } from '@cccd/core'
import { parseSignedData, tryParseSignedData, verifySignedData } from '@cccd/pki'
import { describe, expect, it } from 'vitest'
import { country, makeCountry } from './demoCountry.js'
import {
  byIssuerAndSerial,
  contentType,
  integer,
  ldsSecurityObject,
  messageDigest,
  oid,
  sequence,
  set,
  signedData,
  signerInfo,
} from './issuer.js'

const content = encodeUtf8('an LDS security object')
const { signer, signerKey } = await makeCountry()
const info = await signerInfo(
  {
    key: signerKey,
    identifier: byIssuerAndSerial(country.csca),
    attributes: [contentType(ldsSecurityObject), messageDigest(content)],
  },
  content,
)
const bytes = signedData(content, [signer], [info])

/** A constructed element of indefinite length (X.690 8.1.3.6). */
const indefinite = (tag: number, ...parts: Uint8Array[]): Uint8Array =>
  concatBytes(Uint8Array.of(tag, 0x80), ...parts, Uint8Array.of(0, 0))

describe('parseSignedData', () => {
  it('reads what it is given as views of the same bytes', () => {
    const parsed = parseSignedData(bytes)
    expect(parsed).toMatchObject({ version: 3, eContentType: ldsSecurityObject, digestAlgorithms: ['2.16.840.1.101.3.4.2.1'] })
    expect(parsed.content).toEqual(content)
    expect(parsed.content?.buffer).toBe(bytes.buffer)
    expect(parsed.certificates).toEqual([signer])
    expect(parsed.signers).toHaveLength(1)
  })

  it('reads indefinite lengths and an octet string in pieces, as NZ writes them, and verifies', async () => {
    const pieces = indefinite(
      0x24,
      encodeTlv(0x04, content.subarray(0, 5)),
      encodeTlv(0x24, encodeTlv(0x04, content.subarray(5))),
    )
    const ber = indefinite(
      0x30,
      oid('1.2.840.113549.1.7.2'),
      indefinite(
        0xa0,
        indefinite(
          0x30,
          integer(3),
          set(sequence(oid('2.16.840.1.101.3.4.2.1'))),
          indefinite(0x30, oid(ldsSecurityObject), indefinite(0xa0, pieces)),
          indefinite(0xa0, signer),
          set(info),
        ),
      ),
    )
    expect(parseSignedData(ber).content).toEqual(content)
    expect(await verifySignedData(parseSignedData(ber))).toMatchObject({ status: 'passed', findings: [] })
  })

  it('verifies detached content only when it is given', async () => {
    const { content: _, ...detached } = parseSignedData(bytes)
    expect(await verifySignedData(detached)).toMatchObject({ status: 'failed', reason: 'no-content' })
    expect(await verifySignedData(detached, { content })).toMatchObject({ status: 'passed' })
    expect(await verifySignedData(detached, { content: encodeUtf8('other') })).toMatchObject({ reason: 'digest-wrong' })
  })

  it.each([
    ['bytes after it', concatBytes(bytes, Uint8Array.of(0))],
    ['nothing', new Uint8Array(0)],
    ['another content type', sequence(oid('1.2.840.113549.1.7.1'), encodeTlv(0xa0, sequence()))],
    ['a cut end', bytes.subarray(0, -1)],
    ['300 certificates', signedData(content, new Array<Uint8Array>(300).fill(sequence()), [info])],
  ])('refuses %s', (_, input) => {
    expect(tryParseSignedData(input)).toMatchObject({ ok: false, error: { code: 'PKI_BAD_SIGNED_DATA' } })
  })

  it('refuses more than it was told to take', () => {
    expect(() => parseSignedData(bytes, { maxLength: 100 })).toThrow(expect.objectContaining({ code: 'PKI_BAD_SIGNED_DATA' }))
  })
})
