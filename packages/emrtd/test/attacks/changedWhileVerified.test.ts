import { checkOf } from '@cccd/core'
import { createTrustStore, type TrustStore } from '@cccd/pki'
import { beforeAll, describe, expect, it } from 'vitest'
import { type ChipReading, readingFromFiles, verifyReading } from '../../src/index.js'
import { makeDg1, makeSod, testIssuer } from '../issuer.js'

/** A reading whose bytes change between one look and the next: what was hashed must be what is told. */

const at = '2026-01-31T09:00:00Z'
const dg1Of = (personalNumber: string): Uint8Array =>
  makeDg1([`IDVNM0900001233${personalNumber}<<4`, '9008157M3008155VNM<<<<<<<<<<<0', 'NGUYEN<<VAN<THU<<<<<<<<<<<<<<<'].join(''))
const [genuine, forged] = [dg1Of('001090000123'), dg1Of('001090000777')]

let trust: TrustStore
let sod: Uint8Array

beforeAll(async () => {
  const issuer = await testIssuer()
  trust = await createTrustStore({ anchors: [{ certificate: issuer.csca }] })
  sod = await makeSod(issuer, { 1: genuine })
})

const base = (): ChipReading => readingFromFiles({ SOD: sod, DG1: genuine }, { readAt: at })

/** The genuine bytes at the first asking, the forged ones at every other. */
function turning<Value>(first: Value, then: Value): { readonly enumerable: true; readonly get: () => Value } {
  let asked = 0
  return { enumerable: true, get: () => (asked++ === 0 ? first : then) }
}

describe('a reading that changes while it is verified', () => {
  it('by a member that gives other bytes at each asking tells what was hashed, or does not pass', async () => {
    for (const [first, then] of [
      [genuine, forged],
      [forged, genuine],
    ] as const) {
      const reading = base()
      Object.defineProperty(reading.files, 'DG1', turning(first, then))
      const report = await verifyReading(reading, { trust, at })
      const passed = checkOf(report, 'dg1.hash').status === 'passed'
      expect(passed).toBe(first === genuine)
      expect(report.identity.personalNumber?.value).toBe(passed ? '001090000123' : undefined)
    }
  })

  it('by its list of files tells what was hashed', async () => {
    const reading = base()
    Object.defineProperty(reading, 'files', turning(base().files, { SOD: sod, DG1: forged }))
    expect((await verifyReading(reading, { trust, at })).identity.personalNumber?.value).toBe('001090000123')
  })

  it('by memory that is written to meanwhile is judged as it was', async () => {
    const shared = new Uint8Array(new SharedArrayBuffer(genuine.length))
    shared.set(genuine)
    const own = base()
    const reading: ChipReading = { ...own, files: { ...own.files, DG1: shared } }
    const verdict = verifyReading(reading, { trust, at })
    shared.set(forged)
    const report = await verdict
    expect(checkOf(report, 'dg1.hash').status).toBe('passed')
    expect(report.identity.personalNumber?.value).toBe('001090000123')
  })

  it('of an own kind of bytes is read as the bytes that they are', async () => {
    class Lying extends Uint8Array {
      override subarray(): Uint8Array<ArrayBuffer> {
        return new Uint8Array(forged)
      }
    }
    const own = base()
    const report = await verifyReading({ ...own, files: { ...own.files, DG1: new Lying(genuine) } }, { trust, at })
    expect(report.identity.personalNumber?.value).toBe('001090000123')
    expect(report.unverified.personalNumber).toBeUndefined()
  })
})
