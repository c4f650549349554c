import { checkOf, equalBytes } from '@cccd/core'
import { createTrustStore, parseSignedData } from '@cccd/pki'
import { expect } from 'vitest'
import { readingFromFiles, type VerificationReport, verifyReading } from '../../src/index.js'
import { makeDg1, makeDg13, makeSod, testIssuer } from '../issuer.js'

const at = '2026-01-31T09:00:00Z'

/** A range of bytes of EF.SOD, and what may stand after one bit in it was flipped. */
interface SignedPart {
  readonly name: string
  readonly start: number
  readonly end: number
  readonly holds: (report: VerificationReport) => void
}

const passed = (report: VerificationReport, id: string): boolean => checkOf(report, id).status === 'passed'

/**
 * Flips every `stride`-th bit of what is signed in a small EF.SOD: the list of hashes, the signed attributes, the signer's certificate. Returns how
 * many were flipped.
 */
export async function flipSignedBits(stride: number): Promise<Record<string, number>> {
  const issuer = await testIssuer()
  const groups = { 1: makeDg1(), 13: makeDg13() }
  const sod = await makeSod(issuer, groups)
  const trust = await createTrustStore({ anchors: [{ certificate: issuer.csca }] })
  const verify = (bytes: Uint8Array): Promise<VerificationReport> =>
    verifyReading(readingFromFiles({ SOD: bytes, DG1: groups[1], DG13: groups[13] }, { readAt: at }), { trust, at })
  const genuine = await verify(sod)
  for (const id of ['sod.signature', 'chain.csca', 'dg1.hash', 'dg13.hash']) expect(passed(genuine, id)).toBe(true)

  const { content, signers, certificates } = parseSignedData(sod.subarray(4))
  const counts: Record<string, number> = {}
  for (const { name, start, end, holds } of partsOf(sod, content, signers[0]?.signedAttributes?.raw, certificates[0])) {
    counts[name] = 0
    for (let bit = 0; bit < 8 * (end - start); bit += stride) {
      const changed = sod.slice()
      const byte = start + (bit >> 3)
      changed[byte] = (changed[byte] as number) ^ (1 << (bit & 7))
      holds(await verify(changed))
      counts[name]++
    }
  }
  return counts
}

function partsOf(sod: Uint8Array, ...parts: readonly (Uint8Array | undefined)[]): SignedPart[] {
  const nothingPasses = (report: VerificationReport): void => {
    expect([passed(report, 'sod.signature'), passed(report, 'chain.csca')]).not.toEqual([true, true])
    expect([passed(report, 'dg1.hash'), passed(report, 'dg13.hash')]).toEqual([false, false])
    expect(report.identity).toEqual({})
  }
  // The key may be left as it is: then the list of hashes is still what the signer signed, and the country CA has not signed this signer.
  const notBoth = (report: VerificationReport): void => {
    expect([passed(report, 'sod.signature'), passed(report, 'chain.csca')]).not.toEqual([true, true])
    expect(report.identity).toEqual({})
  }
  const names = ['list of hashes', 'signed attributes', 'certificate'] as const
  return parts.map((part, index) => {
    if (part === undefined) throw new Error('EF.SOD lacks a part')
    const start = part.byteOffset - sod.byteOffset
    expect(equalBytes(sod.subarray(start, start + part.length), part)).toBe(true)
    return { name: names[index] as string, start, end: start + part.length, holds: index === 2 ? notBoth : nothingPasses }
  })
}
