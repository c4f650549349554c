import { nodeCrypto } from '@cccd/crypto/node'
import { portableCrypto } from '@cccd/crypto/portable'
import { isMatrixCell, matrixDefects, matrixEncodings, matrixIssuer, seededRandom } from '@cccd/simulator'
import { describe, expect, it } from 'vitest'
import { at, cells, expectVerdict, issueCell, nameOf, verdictOf } from './support/matrix.js'

/** The fixed sample of the fast set: everything once over the fastest curve, and one of each RSA form. */
const sample = cells.filter(({ algorithm, encoding, defect }) => {
  if (algorithm.hash !== 'sha256') return false
  if (algorithm.type === 'ec') return algorithm.curve === 'P-256' && algorithm.form === 'named'
  if (defect === 'wrong-salt' || defect === 'forged-for-exponent-3') return true
  return algorithm.bits === 2048 && encoding === undefined && defect === undefined
})

describe(`the matrix issuer: ${sample.length} of ${cells.length} cells`, () => {
  it('has every way of writing and every defect among them', () => {
    expect(new Set(sample.flatMap(({ encoding }) => encoding ?? []))).toEqual(new Set(matrixEncodings))
    expect(new Set(sample.flatMap(({ defect }) => defect ?? []))).toEqual(new Set(Object.keys(matrixDefects)))
  })

  it.each(sample.map((cell) => ({ name: nameOf(cell), cell })))('$name', async ({ cell }) => {
    const issuer = await issueCell(cell)
    const verdict = await verdictOf(issuer, nodeCrypto())
    expectVerdict(cell, verdict)
    expect(await verdictOf(issuer, portableCrypto())).toEqual(verdict)
  })

  it('refuses cells that cannot be', async () => {
    const cell = { algorithm: { type: 'ec', curve: 'P-256', hash: 'sha256' }, defect: 'wrong-salt' } as const
    expect(isMatrixCell(cell)).toBe(false)
    await expect(matrixIssuer({ ...cell, random: seededRandom('x'), at })).rejects.toThrow(RangeError)
  })
})
