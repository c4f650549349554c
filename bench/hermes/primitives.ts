import { decodeHex } from '@cccd/core'
import { type CryptoPort, type CurveName, curveNames, type DhGroupName, dhGroupNames, type PublicKeySpec } from '@cccd/crypto'
import { portableCrypto } from '@cccd/crypto/portable'

/** Keys and signatures, made where it is fast. */
export interface PrimitivesInput {
  readonly ecdsa: Readonly<Record<CurveName, { readonly point: string; readonly signature: string }>>
  readonly rsa: readonly { readonly modulus: string; readonly exponent: string; readonly signature: string }[]
  readonly message: string
}

const repetitions = 5

/** A primitive, the milliseconds of one, its tasks, and the longest of them. */
export type PrimitiveRow = readonly [name: string, total: number, tasks: number, longest: number]

/** Every primitive that a reading may need, with the pauses of the portable backend. Runs in any runtime with timers. */
export async function primitives(input: PrimitivesInput): Promise<PrimitiveRow[]> {
  const rows: PrimitiveRow[] = []
  const measure = async (name: string, action: (crypto: CryptoPort) => Promise<unknown>): Promise<void> => {
    const runs: Run[] = []
    while (runs.length < repetitions) runs.push(await once(action))
    // The machine has other work: the least of several is nearest to what the engine needs.
    const least = (of: (run: Run) => number): number => Math.min(...runs.map(of))
    rows.push([name, least(({ total }) => total), least(({ tasks }) => tasks), least(({ longest }) => longest)])
  }
  for (const name of curveNames) {
    const { point, signature } = input.ecdsa[name]
    const [element, message] = [decodeHex(point), decodeHex(input.message)]
    const spec: PublicKeySpec = { type: 'ec', curve: name, point: element }
    const length = (element.length - 1) / 2
    const scalar = element.slice(1, 1 + length)
    scalar[0] = 0
    scalar[1] = 1
    await measure(`${name} scalar × point`, (crypto) => crypto.curve(name).multiply(scalarOf(crypto, name, scalar), element))
    await measure(`${name} generic mapping`, (crypto) => crypto.curve(name).mapNonce(message, element))
    if (name !== 'P-224') await measure(`${name} integrated mapping`, (crypto) => crypto.curve(name).mapPseudoRandom(scalar))
    await measure(`${name} ECDSA verify`, async (crypto) => {
      const key = await crypto.importPublicKey(spec)
      const scheme = { type: 'ecdsa', hash: 'sha256', format: 'plain' } as const
      if (!(await key.verify(scheme, message, decodeHex(signature)))) throw new Error(`${name}: wrong signature`)
    })
  }
  for (const { modulus, exponent, signature } of input.rsa) {
    const spec: PublicKeySpec = { type: 'rsa', modulus: decodeHex(modulus), exponent: decodeHex(exponent) }
    await measure(`RSA-${modulus.length * 4} verify`, async (crypto) => {
      const key = await crypto.importPublicKey(spec)
      const good = await key.verify({ type: 'rsa-pkcs1', hash: 'sha256' }, decodeHex(input.message), decodeHex(signature))
      if (!good) throw new Error('RSA: wrong signature')
    })
  }
  for (const name of dhGroupNames) {
    const { element, scalar } = await groupInput(name)
    await measure(`${name} element ^ scalar`, (crypto) => crypto.dhGroup(name).multiply(scalar, element))
    await measure(`${name} generic mapping`, (crypto) => crypto.dhGroup(name).mapNonce(decodeHex(input.message), element))
    await measure(`${name} integrated mapping`, (crypto) => crypto.dhGroup(name).mapPseudoRandom(element))
  }
  const block = new Uint8Array(32 * 1024)
  for (const hash of ['sha1', 'sha256', 'sha384'] as const)
    await measure(`${hash} of 32 KiB, one task`, async (crypto) => crypto.hash(hash, block))
  return rows
}

interface Run {
  readonly total: number
  readonly tasks: number
  readonly longest: number
}

async function once(action: (crypto: CryptoPort) => Promise<unknown>): Promise<Run> {
  let [tasks, longest, began] = [1, 0, 0]
  const ends = (): void => {
    longest = Math.max(longest, Date.now() - began)
  }
  const pause = async (): Promise<void> => {
    ends()
    tasks++
    await nextTask()
    began = Date.now()
  }
  const crypto = portableCrypto({ pause })
  await nextTask()
  const start = Date.now()
  began = start
  await action(crypto)
  ends()
  return { total: Date.now() - start, tasks, longest }
}

const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))

function scalarOf(crypto: CryptoPort, name: CurveName, bytes: Uint8Array): Uint8Array {
  const { orderLength } = crypto.curve(name)
  const scalar = new Uint8Array(orderLength)
  scalar.set(bytes.subarray(0, orderLength))
  return scalar
}

async function groupInput(name: DhGroupName): Promise<{ element: Uint8Array; scalar: Uint8Array }> {
  const group = portableCrypto().dhGroup(name)
  const scalar = new Uint8Array(group.orderLength).fill(0x5a)
  return { element: await group.publicKey(scalar), scalar }
}
