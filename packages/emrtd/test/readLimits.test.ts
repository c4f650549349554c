import { concatBytes, decodeHex, isCccdError } from '@cccd/core'
import { accessFromCan, accessFromMrz, blockLength, readChip } from '@cccd/emrtd'
import { extendedLimits } from '@cccd/iso7816'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { extendedLengthInAtrInfo, extendedLengthInHistoricalBytes } from '../src/read/extendedLength.js'
import { answering, backends, countingRandom } from './support.js'
import { cardAccessOf, TestChip } from './TestChip.js'

describe('blockLength', () => {
  it('is 223 under AES and 231 under 3DES for a short answer', () => {
    expect(blockLength(256, 'AES-128')).toBe(223)
    expect(blockLength(256, 'AES-256')).toBe(223)
    expect(blockLength(256, '3DES')).toBe(231)
  })

  it.each(['3DES', 'AES-128'] as const)('fits, and one block of the cipher more does not (%s)', (cipher) => {
    const size = cipher === '3DES' ? 8 : 16
    const answer = (plain: number): number => {
      const value = 1 + (Math.floor(plain / size) + 1) * size
      return 1 + (value <= 127 ? 1 : value <= 255 ? 2 : value <= 65_535 ? 3 : 4) + value + 4 + 10
    }
    for (let length = 40; length <= 65_536; length += length < 400 ? 1 : 97) {
      const plain = blockLength(length, cipher)
      expect(answer(plain)).toBeLessThanOrEqual(length)
      // The step over 127 or 255 costs a byte more of header, so a whole block and its header may be left.
      expect(answer(plain + size + 1)).toBeGreaterThan(length)
    }
  })
})

describe('extended length', () => {
  it('in the historical bytes', () => {
    expect(extendedLengthInHistoricalBytes(decodeHex('3b858001807394 21c0d6'.replace(' ', '')))).toBe(true)
    expect(extendedLengthInHistoricalBytes(decodeHex('3b8580018073942180 96'.replace(' ', '')))).toBe(false)
    // No card capabilities, another category indicator, cut short, nothing.
    expect(extendedLengthInHistoricalBytes(decodeHex('3b8380013180f042'))).toBeUndefined()
    expect(extendedLengthInHistoricalBytes(decodeHex('3b84800141434f53'))).toBeUndefined()
    expect(extendedLengthInHistoricalBytes(decodeHex('3b8f800180'))).toBeUndefined()
    expect(extendedLengthInHistoricalBytes(new Uint8Array(0))).toBeUndefined()
  })

  it('in EF.ATR/INFO, after other objects', () => {
    const info = decodeHex('4301b8' + '7f660802020800020207d0')
    expect(extendedLengthInAtrInfo(info)).toEqual({ maxCommandLength: 2048, maxResponseLength: 2000 })
    expect(extendedLengthInAtrInfo(decodeHex('7f66080202080002020'.padEnd(22, '0')))).toBeDefined()
    expect(extendedLengthInAtrInfo(decodeHex('7f66040202 0800'.replace(' ', '')))).toBeUndefined()
    expect(extendedLengthInAtrInfo(decodeHex('4301b8'))).toBeUndefined()
  })

  it('takes any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        extendedLengthInHistoricalBytes(bytes)
        extendedLengthInHistoricalBytes(concatBytes(decodeHex('3b8a800180'), bytes))
        extendedLengthInAtrInfo(bytes)
        extendedLengthInAtrInfo(concatBytes(decodeHex('7f66'), bytes))
      }),
      { seed: 3, numRuns: 2_000 },
    )
  })
})

describe('a chip that talks nonsense', () => {
  const [[, crypto]] = backends as [(typeof backends)[number]]

  it('ends in a coded error after a bounded number of commands', async () => {
    const access = [
      ...accessFromCan('123456'),
      ...accessFromMrz({ documentNumber: '1', dateOfBirth: '1990-01-01', dateOfExpiry: 'none' }),
    ]
    const word = fc.constantFrom('9000', '6282', '6110', '6c10', '6700', '6982', '6300')
    const answers = fc.array(fc.tuple(fc.uint8Array({ maxLength: 60 }), word), { minLength: 1, maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(answers, async (parts) => {
        const channel = answering((_command, index) => {
          const [data, sw] = parts[index % parts.length] as (typeof parts)[number]
          return concatBytes(data, decodeHex(sw))
        }, extendedLimits)
        const error: unknown = await readChip(channel, { access, allowBac: true, crypto, random: countingRandom() }).catch(
          (caught: unknown) => caught,
        )
        expect(isCccdError(error)).toBe(true)
        expect(channel.sent.length).toBeLessThan(8_000)
      }),
      { seed: 9, numRuns: 120 },
    )
  })

  it('nests DG14 10,000 deep', async () => {
    const depth = 10_000
    const nested = new Uint8Array(4 * depth)
    for (let level = 0; level < depth; level++) {
      const length = nested.length - 4 * (level + 1)
      nested.set([level === 0 ? 0x6e : level === 1 ? 0x31 : 0x30, 0x82, length >> 8, length & 0xff], 4 * level)
    }
    const files = {
      CardAccess: cardAccessOf('0.4.0.127.0.7.2.2.4.2.2', 13),
      SOD: decodeHex('7700'),
      DG1: decodeHex('610100'),
      DG14: nested,
    }
    const chip = new TestChip({ crypto, files })
    const reading = await readChip(chip, { access: accessFromCan('500540'), files: ['DG1'], crypto, random: countingRandom() })
    expect(reading.files.DG14).toEqual(nested)
    expect(reading.files.DG1).toEqual(files.DG1)
    expect(reading.chipAuthentication?.status).not.toBe('performed')
  })
})
