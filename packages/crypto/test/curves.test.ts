import { bigIntToBytes, concatBytes } from '@cccd/core'
import { type CurveName, curveByOid, curveNames, curveParameters, type ExplicitCurve, matchCurve } from '@cccd/crypto'
import { describe, expect, it } from 'vitest'
import { millerRabin } from '../src/rsa/primes.js'

type Point = readonly [bigint, bigint] | undefined

const mod = (value: bigint, p: bigint): bigint => ((value % p) + p) % p

function power(base: bigint, exponent: bigint, p: bigint): bigint {
  let [result, square] = [1n, mod(base, p)]
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * square) % p
    square = (square * square) % p
  }
  return result
}

/** Schoolbook affine addition: an own reckoning beside the library's. */
function add(p: bigint, a: bigint, left: Point, right: Point): Point {
  if (left === undefined) return right
  if (right === undefined) return left
  const [[x1, y1], [x2, y2]] = [left, right]
  if (x1 === x2 && mod(y1 + y2, p) === 0n) return undefined
  const slope = x1 === x2 ? (3n * x1 * x1 + a) * power(2n * y1, p - 2n, p) : (y2 - y1) * power(mod(x2 - x1, p), p - 2n, p)
  const x3 = mod(slope * slope - x1 - x2, p)
  return [x3, mod(slope * (x1 - x3) - y1, p)]
}

function multiply(p: bigint, a: bigint, scalar: bigint, point: Point): Point {
  let result: Point
  for (const bit of scalar.toString(2)) {
    result = add(p, a, result, result)
    if (bit === '1') result = add(p, a, result, point)
  }
  return result
}

function explicit(name: CurveName, change: Partial<ExplicitCurve> = {}): ExplicitCurve {
  const { p, a, b, gx, gy, n, h } = curveParameters(name)
  const length = Math.ceil(p.toString(16).length / 2)
  const G = concatBytes(Uint8Array.of(4), bigIntToBytes(gx, length), bigIntToBytes(gy, length))
  return { p, a, b, G, n, h, ...change }
}

describe.each(curveNames)('%s', (name) => {
  const { p, a, b, gx, gy, n, h, oid } = curveParameters(name)

  it('has a prime field and order, a curve without a singularity, and a generator of that order', () => {
    expect(millerRabin(p)).toBe(true)
    expect(millerRabin(n)).toBe(true)
    expect(mod(4n * a ** 3n + 27n * b ** 2n, p)).not.toBe(0n)
    expect(mod(gy * gy - gx ** 3n - a * gx - b, p)).toBe(0n)
    expect(multiply(p, a, n, [gx, gy])).toBeUndefined()
    expect(multiply(p, a, n - 1n, [gx, gy])).toEqual([gx, p - gy])
    expect(h).toBe(1n)
    // Hasse: |p + 1 - n| <= 2 sqrt(p); and n differs from p, which would make logarithms easy (Smart's attack).
    expect((p + 1n - n) ** 2n).toBeLessThanOrEqual(4n * p)
    expect(n).not.toBe(p)
    expect(name.match(/\d+/)?.[0]).toBe(String(p.toString(2).length))
  })

  it('is found by its OBJECT IDENTIFIER and by its explicit parameters', () => {
    expect(curveByOid(oid)).toBe(name)
    expect(matchCurve(explicit(name))).toBe(name)
    const length = Math.ceil(p.toString(16).length / 2)
    const G = concatBytes(Uint8Array.of(gy % 2n === 0n ? 2 : 3), bigIntToBytes(gx, length))
    expect(matchCurve(explicit(name, { G }))).toBe(name)
  })

  it('is not matched when any parameter differs (CVE-2020-0601)', () => {
    const length = Math.ceil(p.toString(16).length / 2)
    const other = multiply(p, a, 2n, [gx, gy]) as readonly [bigint, bigint]
    const encode = (prefix: number, ...numbers: bigint[]): Uint8Array =>
      concatBytes(Uint8Array.of(prefix), ...numbers.map((number) => bigIntToBytes(number, length)))
    const wrong: Partial<ExplicitCurve>[] = [
      { p: p + 2n },
      { a: a + 1n },
      { a: a - p },
      { b: b + 1n },
      { n: n - 2n },
      { n: 1n },
      { h: 2n },
      { h: 0n },
      { G: encode(4, ...other) },
      { G: encode(4, gx, p - gy) },
      { G: encode(gy % 2n === 0n ? 3 : 2, gx) },
      { G: encode(6, gx, gy) },
      { G: encode(4, gx) },
      { G: encode(2, gx, gy) },
      { G: concatBytes(encode(4, gx, gy), Uint8Array.of(0)) },
      { G: Uint8Array.of(0) },
      { G: new Uint8Array(0) },
    ]
    const { h: _, ...withoutCofactor } = explicit(name)
    expect(matchCurve(withoutCofactor)).toBeUndefined()
    for (const change of wrong) expect(matchCurve(explicit(name, change)), Object.keys(change).join()).toBeUndefined()
  })
})

it('an unknown curve is undefined by OID, and coded by name', () => {
  expect(curveByOid('1.3.132.0.10')).toBeUndefined()
  expect(curveByOid('')).toBeUndefined()
  for (const name of ['secp256k1', 'constructor'])
    expect(() => curveParameters(name as CurveName)).toThrow(expect.objectContaining({ code: 'CRYPTO_UNSUPPORTED' }))
})
