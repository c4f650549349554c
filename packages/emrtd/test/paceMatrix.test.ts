import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { everyWay, excludedBy, expectExcluded, expectWorks, matrixDocument, type PaceWay, type passwords } from './paceMatrix.js'

/** Every mapping, agreement, cipher, password and size of field at least once; the whole matrix is in the full set. */
const sample: readonly (readonly [PaceWay, (typeof passwords)[number]])[] = [
  [{ mapping: 'GM', parameterId: 0, cipher: '3DES' }, 'MRZ'],
  [{ mapping: 'GM', parameterId: 2, cipher: 'AES-192' }, 'CAN'],
  [{ mapping: 'GM', parameterId: 8, cipher: '3DES' }, 'PIN'],
  [{ mapping: 'GM', parameterId: 13, cipher: 'AES-128' }, 'CAN'],
  [{ mapping: 'GM', parameterId: 18, cipher: 'AES-256' }, 'MRZ'],
  [{ mapping: 'IM', parameterId: 0, cipher: 'AES-128' }, 'CAN'],
  [{ mapping: 'IM', parameterId: 11, cipher: 'AES-192' }, 'PUK'],
  [{ mapping: 'IM', parameterId: 12, cipher: '3DES' }, 'MRZ'],
  [{ mapping: 'IM', parameterId: 18, cipher: 'AES-256' }, 'MRZ'],
  [{ mapping: 'CAM', parameterId: 13, cipher: 'AES-128' }, 'CAN'],
  [{ mapping: 'CAM', parameterId: 10, cipher: 'AES-192' }, 'PIN'],
  [{ mapping: 'CAM', parameterId: 17, cipher: 'AES-256' }, 'MRZ'],
]

describe('the matrix of PACE, a sample', () => {
  it.each(sample)('works: %o with %s', async (way, password) => {
    expect(excludedBy(way)).toBeUndefined()
    await expectWorks(way, password)
  })

  it('excludes what the standard excludes, and nothing else', async () => {
    const excluded = everyWay.filter((way) => excludedBy(way) !== undefined)
    // IM × P-224 with four ciphers; CAM × three groups modulo a prime with four; CAM × eleven curves with 3DES.
    expect(excluded).toHaveLength(4 + 12 + 11)
    for (const way of excluded) await expectExcluded(way)
  })

  it('is what docs/pace-matrix.md says', () => {
    const file = join(import.meta.dirname, '../../../docs/pace-matrix.md')
    expect(readFileSync(file, 'utf8')).toBe(matrixDocument())
  })
})
