import { nodeCrypto } from '@cccd/crypto/node'
import { portableCrypto } from '@cccd/crypto/portable'
import { isMatrixCell, type MatrixCell, matrixIssuer, seededRandom, verdictOfCell } from '@cccd/simulator'
import { describe, expect, it } from 'vitest'
import {
  at,
  cells,
  defectsInPlaces,
  encodings,
  expectVerdict,
  issueCell,
  nameOf,
  profilesOf,
  verdictOf,
} from './support/matrix.js'
import { isExplained } from './support/opensslWords.js'

const fastest = ({ algorithm }: MatrixCell): boolean =>
  algorithm.type === 'ec' && algorithm.curve === 'P-256' && algorithm.hash === 'sha256' && algorithm.form === 'explicit'

/** The fixed sample of the fast set: everything once over the fastest curve, what only RSA can have once, and one of each RSA form. */
const taken = new Set<string>()
const sample = [...cells]
  .sort((a, b) => Number(fastest(b)) - Number(fastest(a)))
  .filter((cell) => {
    const { algorithm, encoding, defect, place } = cell
    const name = encoding ?? (defect === undefined ? `rsa ${nameOf(cell)}` : `${defect} ${place}`)
    if (taken.has(name)) return false
    if (
      encoding === undefined &&
      defect === undefined &&
      !(algorithm.type === 'rsa' && algorithm.bits === 2048 && algorithm.hash === 'sha256')
    )
      return false
    taken.add(name)
    return true
  })

/** Whether a backend has a say: in the fast set, only where signatures and keys decide. */
function isOfBackends(cell: MatrixCell): boolean {
  const { says = '' } = verdictOfCell(cell)?.verdict ?? {}
  return cell.defect === undefined || /signature|algorithm|key-wrong|anchor-wrong|not-issued/.test(says)
}

describe(`the matrix issuer: ${sample.length} of ${cells.length} cells`, () => {
  it('has every way of writing and every defect in every place among them', () => {
    expect(new Set(sample.flatMap(({ encoding }) => encoding ?? []))).toEqual(new Set(encodings))
    const places = sample.flatMap(({ defect, place }) => (defect === undefined ? [] : `${defect} ${place}`))
    expect(new Set(places)).toEqual(new Set(defectsInPlaces.map(({ defect, place }) => `${defect} ${place}`)))
  })

  it.each(sample.map((cell) => [nameOf(cell), cell] as const))('%s', async (_, cell) => {
    const issuer = await issueCell(cell)
    const verdict = await verdictOf(issuer, nodeCrypto())
    expectVerdict(cell, verdict, profilesOf(issuer))
    if (isOfBackends(cell)) expect(await verdictOf(issuer, portableCrypto())).toEqual(verdict)
  })

  it('has a word of OpenSSL for every verdict, or why it has none', () => {
    expect(cells.filter((cell) => !isExplained(cell)).map(nameOf)).toEqual([])
  })

  it('refuses cells that cannot be', async () => {
    const cell = { algorithm: { type: 'ec', curve: 'P-256', hash: 'sha256' }, defect: 'wrong-salt' } as const
    expect(isMatrixCell(cell)).toBe(false)
    await expect(matrixIssuer({ ...cell, random: seededRandom('x'), at })).rejects.toThrow(RangeError)
    expect(isMatrixCell({ ...cell, defect: 'revoked', place: 'link' })).toBe(false)
    expect(isMatrixCell({ algorithm: cell.algorithm, place: 'link' })).toBe(false)
  })
})
