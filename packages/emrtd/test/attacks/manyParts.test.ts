import { CccdError, concatBytes, encodeOid, encodeTlv } from '@cccd/core'
import { createTrustStore, parseSignedData } from '@cccd/pki'
import { describe, expect, it } from 'vitest'
import { parseDg13, readingFromFiles, verifyReading } from '../../src/index.js'

/** As many copies of a part as fit into a length: what is cheap to send and dear to take apart. */
function filled(part: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(Math.floor(length / part.length) * part.length)
  for (let at = 0; at < out.length; at += part.length) out.set(part, at)
  return out
}

function ends(action: () => unknown): string {
  try {
    action()
    return 'value'
  } catch (error) {
    if (CccdError.is(error)) return 'coded'
    throw error
  }
}

const field = encodeTlv(0x30, encodeTlv(0x02, Uint8Array.of(99)))
const dg13 = (length: number): Uint8Array =>
  encodeTlv(
    0x6d,
    encodeTlv(
      0x30,
      encodeTlv(0x02, Uint8Array.of(1)),
      encodeTlv(0x06, encodeOid('1.0.10646.1.0.8')),
      encodeTlv(0x31, filled(field, length)),
    ),
  )

const algorithm = encodeTlv(0x30, encodeTlv(0x06, encodeOid('2.16.840.1.101.3.4.2.1')))
const attribute = encodeTlv(0x30, encodeTlv(0x06, encodeOid('1.2.3')), encodeTlv(0x31, encodeTlv(0x05)))
const signer = (attributes: Uint8Array): Uint8Array =>
  encodeTlv(
    0x30,
    ...[encodeTlv(0x02, Uint8Array.of(1)), encodeTlv(0x80, Uint8Array.of(1)), algorithm, encodeTlv(0xa0, attributes), algorithm],
    encodeTlv(0x04, Uint8Array.of(1)),
  )
const signedData = (parts: { algorithms?: Uint8Array; certificates?: Uint8Array; signers?: Uint8Array }): Uint8Array =>
  encodeTlv(
    0x30,
    encodeTlv(0x06, encodeOid('1.2.840.113549.1.7.2')),
    encodeTlv(
      0xa0,
      encodeTlv(
        0x30,
        ...[encodeTlv(0x02, Uint8Array.of(3)), encodeTlv(0x31, parts.algorithms ?? algorithm)],
        encodeTlv(0x30, encodeTlv(0x06, encodeOid('2.23.136.1.1.1')), encodeTlv(0xa0, encodeTlv(0x04, encodeTlv(0x30)))),
        encodeTlv(0xa0, parts.certificates ?? new Uint8Array(0)),
        encodeTlv(0x31, parts.signers ?? signer(attribute)),
      ),
    ),
  )

const nothing = encodeTlv(0x30, concatBytes(encodeTlv(0x30), encodeTlv(0x30)))

/** Verifies files, or sees them refused with a code: nothing else may happen to them. */
async function statusOf(files: Parameters<typeof readingFromFiles>[0]): Promise<string | undefined> {
  const trust = await createTrustStore()
  if (ends(() => readingFromFiles(files)) === 'coded') return 'refused'
  const report = await verifyReading(readingFromFiles(files), { trust, at: '2026-01-01' })
  return report.checks.find(({ id }) => id === 'sod.signature')?.status
}

describe('files of very many small parts', () => {
  it.each([
    [60_000, 'not-performed'],
    [130_000, 'not-performed'],
    [1_000_000, 'refused'],
  ])('a DG13 of %i bytes of fields', async (length, expected) => {
    const file = dg13(length)
    ends(() => parseDg13(file))
    expect(await statusOf({ DG13: file })).toBe(expected)
  })

  it.each([
    ['attributes', { signers: signer(filled(attribute, 100_000)) }, { signers: signer(filled(attribute, 8_000_000)) }],
    ['signers', { signers: filled(signer(attribute), 100_000) }, { signers: filled(signer(attribute), 8_000_000) }],
    ['certificates', { certificates: filled(nothing, 100_000) }, { certificates: filled(nothing, 8_000_000) }],
    ['digest algorithms', { algorithms: filled(algorithm, 100_000) }, { algorithms: filled(algorithm, 8_000_000) }],
  ])('a security object of very many %s', async (_name, parts, more) => {
    expect(await statusOf({ SOD: encodeTlv(0x77, signedData(parts)) })).toBe('failed')
    const large = signedData(more)
    ends(() => parseSignedData(large))
  })
})
