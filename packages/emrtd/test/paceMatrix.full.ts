import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { everyWay, excludedBy, expectExcluded, expectWorks, matrixDocument, passwords } from './paceMatrix.js'

describe('the matrix of PACE, every cell', () => {
  let working = 0
  const waysThatWork = everyWay.filter((way) => excludedBy(way) === undefined)

  it.each(waysThatWork)('$mapping with parameters $parameterId and $cipher, every password', async (way) => {
    for (const password of passwords) {
      await expectWorks(way, password)
      working++
    }
  })

  it('leaves out only what the standard excludes', async () => {
    const excluded = everyWay.filter((way) => excludedBy(way) !== undefined)
    for (const way of excluded) await expectExcluded(way)
    expect(working).toBe(waysThatWork.length * passwords.length)
    console.log(`${working} cells work, ${excluded.length * passwords.length} are excluded by the standard`)
    if (process.env.CCCD_WRITE === '1') writeFileSync(join(import.meta.dirname, '../../../docs/pace-matrix.md'), matrixDocument())
  })
})
