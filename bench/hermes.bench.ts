import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeHex } from '@cccd/core'
import { type CurveName, curveNames, publicKeyOf } from '@cccd/crypto'
import { generateKeyPair } from '@cccd/crypto/default'
import { nodeCrypto } from '@cccd/crypto/node'
import { seededRandom } from '@cccd/simulator'
import { bundleForHermes, hermesPath, root } from '../test-vectors/runtimes.js'
import type { PrimitiveRow, PrimitivesInput } from './hermes/primitives.js'
import { table } from './table.js'

// The engine of React Native, without a just-in-time compiler: what each primitive costs there, and the longest task that keeps a phone
// from drawing. Nothing over 100 ms is allowed, and a phone is a few times slower than a server: the aim is 25 ms here.

const message = seededRandom('hermes bench')(48)

async function ecdsaInput(curve: CurveName): Promise<PrimitivesInput['ecdsa'][CurveName]> {
  const random = seededRandom(`hermes bench ${curve}`)
  const spec = await generateKeyPair({ type: 'ec', curve }, random)
  const key = await nodeCrypto().importPrivateKey(spec)
  const signature = await key.sign({ type: 'ecdsa', hash: 'sha256', format: 'plain' }, message, random)
  return { point: spec.type === 'ec' ? encodeHex(spec.point) : '', signature: encodeHex(signature) }
}

async function rsaInput(bits: number): Promise<PrimitivesInput['rsa'][number]> {
  const random = seededRandom(`hermes bench RSA ${bits}`)
  const spec = await generateKeyPair({ type: 'rsa', bits }, random)
  const key = await nodeCrypto().importPrivateKey(spec)
  const signature = await key.sign({ type: 'rsa-pkcs1', hash: 'sha256' }, message, random)
  const publicKey = publicKeyOf(spec)
  if (publicKey.type !== 'rsa') throw new Error('not an RSA key')
  return { modulus: encodeHex(publicKey.modulus), exponent: encodeHex(publicKey.exponent), signature: encodeHex(signature) }
}

if (!existsSync(hermesPath)) {
  console.log('\nHermes is not here (hermes-engine-cli)')
} else {
  const entries = await Promise.all(curveNames.map(async (name) => [name, await ecdsaInput(name)] as const))
  const input = {
    ecdsa: Object.fromEntries(entries),
    rsa: [await rsaInput(2048), await rsaInput(3072), await rsaInput(4096)],
    message: encodeHex(message),
  }
  const folder = join(root, 'node_modules/.cache/bench')
  mkdirSync(folder, { recursive: true })
  const entry = join(folder, 'hermes.entry.ts')
  writeFileSync(
    entry,
    `import { primitives } from ${JSON.stringify(join(root, 'bench/hermes/primitives.ts'))}
primitives(${JSON.stringify(input)}).then((rows) => print(JSON.stringify(rows)), (error) => print(String(error)))
`,
  )
  const script = join(folder, 'hermes.js')
  writeFileSync(script, await bundleForHermes(entry))
  const output = execFileSync(hermesPath, ['-O', '-Xmicrotask-queue', script], { encoding: 'utf8', timeout: 300_000 })
  const rows = JSON.parse(output.trim()) as PrimitiveRow[]
  table('Primitives in Hermes, portable backend (milliseconds, blinded where the scalar is secret)', [
    ['primitive', 'total', 'tasks', 'longest task'],
    ...rows.map(([name, total, tasks, longest]) => [name, `${total}`, `${tasks}`, `${longest}`]),
  ])
  const longest = Math.max(...rows.map((row) => row[3]))
  console.log(`\n  longest task of all: ${longest} ms`)
  if (longest > 100) process.exitCode = 1
}
