import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import {
  bytesToBigInt,
  CccdError,
  concatBytes,
  decodeHex,
  equalBytes,
  parseTlv,
  readBitString,
  readInteger,
  readOid,
} from '@cccd/core'
import {
  type CryptoPort,
  type CurveName,
  curveByOid,
  curveNames,
  type HashAlgorithm,
  matchCurve,
  type PublicKeySpec,
  type SignatureScheme,
} from '@cccd/crypto'
import { vectorFiles, vectorPath } from '../../../test-vectors/shared.js'

type Expected = 'valid' | 'invalid' | 'acceptable'

interface Test {
  readonly tcId: number
  readonly result: Expected
  readonly [member: string]: unknown
}

interface Group {
  readonly type: string
  readonly tests: readonly Test[]
  readonly [member: string]: unknown
}

export interface Tally {
  readonly file: string
  readonly counts: Readonly<Record<Expected, number>>
  readonly ran: number
  /** Test ids where the backend said another thing than the file. */
  readonly disagreements: readonly number[]
  /** Of the acceptable ones, how many the backend took. */
  readonly accepted: number
}

export const wycheproofFiles = (): string[] => vectorFiles('crypto', 'wycheproof').filter((name) => name.endsWith('.json.gz'))

/** Runs every `step`th test of a file (and every acceptable one of a signature file, there is one each). */
export async function runWycheproof(file: string, crypto: CryptoPort, step = 1): Promise<Tally> {
  const text = gunzipSync(readFileSync(vectorPath('crypto', 'wycheproof', file))).toString('utf8')
  const { testGroups } = JSON.parse(text) as { testGroups: Group[] }
  const counts = { valid: 0, invalid: 0, acceptable: 0 }
  const disagreements: number[] = []
  let [ran, accepted, index] = [0, 0, 0]
  for (const group of testGroups) {
    const run = await runnerOf(group, crypto)
    for (const test of group.tests) {
      counts[test.result]++
      if (index++ % step !== 0 && !(test.result === 'acceptable' && group.type === 'RsassaPkcs1Verify')) continue
      ran++
      const good = await run(test)
      if (test.result === 'acceptable') accepted += good ? 1 : 0
      else if (good !== (test.result === 'valid')) disagreements.push(test.tcId)
    }
  }
  return { file, counts, ran, disagreements, accepted }
}

type Runner = (test: Test) => boolean | Promise<boolean>

async function runnerOf(group: Group, crypto: CryptoPort): Promise<Runner> {
  const bytes = (value: unknown): Uint8Array => decodeHex(String(value))
  switch (group.type) {
    case 'IndCpaTest':
      return (test) =>
        refused(() => equalBytes(unpad(crypto.aes.decryptCbc(bytes(test.key), bytes(test.iv), bytes(test.ct))), bytes(test.msg)))
    case 'MacTest':
      return (test) =>
        refused(() =>
          equalBytes(crypto.aes.cmac(bytes(test.key), bytes(test.msg)).subarray(0, Number(group.tagSize) / 8), bytes(test.tag)),
        )
    case 'EcdhTest':
      return (test) => agree(crypto, curveNamed(group.curve), bytes(test.public), bytes(test.private), bytes(test.shared))
    default: {
      const scheme = schemeOf(group)
      const key = await crypto.importPublicKey(publicKeyOfInfo(bytes(group.publicKeyDer)))
      return (test) => key.verify(scheme, bytes(test.msg), bytes(test.sig))
    }
  }
}

/** The refusals that count: a coded error, or a RangeError for a key length that AES does not have. */
function refused(run: () => boolean): boolean {
  try {
    return run()
  } catch (error) {
    if (CccdError.is(error) || error instanceof RangeError) return false
    throw error
  }
}

const curveNamed = (name: unknown): CurveName | undefined =>
  curveNames.find((known) => known === String(name).replace(/^secp(\d+)r1$/, 'P-$1'))

/** PKCS#7 padding; the port has none. */
function unpad(padded: Uint8Array): Uint8Array {
  const count = padded.at(-1) ?? 0
  if (count < 1 || count > 16 || count > padded.length || padded.subarray(-count).some((byte) => byte !== count))
    throw new RangeError('padding')
  return padded.subarray(0, -count)
}

/** Key agreement on our curve: a peer's key on another one is refused, as every protocol does. */
async function agree(
  crypto: CryptoPort,
  ours: CurveName | undefined,
  info: Uint8Array,
  secret: Uint8Array,
  shared: Uint8Array,
): Promise<boolean> {
  try {
    const spec = publicKeyOfInfo(info)
    if (spec.type !== 'ec' || spec.curve !== ours) return false
    const curve = crypto.curve(spec.curve)
    const padded = concatBytes(new Uint8Array(curve.orderLength), secret).slice(-curve.orderLength)
    return equalBytes(await curve.sharedSecret(padded, spec.point), shared)
  } catch (error) {
    if (CccdError.is(error)) return false
    throw error
  }
}

/** A strict SubjectPublicKeyInfo with named or explicit parameters, as `@cccd/pki` reads it. @throws CccdError */
function publicKeyOfInfo(info: Uint8Array): PublicKeySpec {
  const [algorithm, key, ...more] = parseTlv(info, { rules: 'der', tag: 0x30 }).children()
  const [oid, parameters, ...others] = algorithm?.children() ?? []
  const { bytes, unusedBits } = readBitString(key)
  if (more.length > 0 || others.length > 0 || unusedBits !== 0 || algorithm?.tag !== 0x30) throw unreadable()
  // rsaEncryption, or id-RSASSA-PSS with its parameters, which the scheme repeats.
  if (readOid(oid) === '1.2.840.113549.1.1.1' || readOid(oid) === '1.2.840.113549.1.1.10') {
    const [modulus, exponent] = parseTlv(bytes, { rules: 'der' }).children()
    return { type: 'rsa', modulus: modulus?.value ?? new Uint8Array(0), exponent: exponent?.value ?? new Uint8Array(0) }
  }
  const curve = readOid(oid) === '1.2.840.10045.2.1' ? curveOf(parameters) : undefined
  if (curve === undefined) throw unreadable()
  return { type: 'ec', curve, point: bytes }
}

type Node = ReturnType<typeof parseTlv>

function curveOf(parameters: Node | undefined): CurveName | undefined {
  if (parameters?.tag === 0x06) return curveByOid(readOid(parameters))
  if (parameters?.tag !== 0x30) return undefined
  const [version, field, curve, G, n, h] = parameters.children()
  const p = field?.children()[1]
  const [a, b] = curve?.children() ?? []
  if (version === undefined || p === undefined || a === undefined || b === undefined || G === undefined || n === undefined)
    return undefined
  const explicit = { p: readInteger(p), a: bytesToBigInt(a.value), b: bytesToBigInt(b.value), G: G.value, n: readInteger(n) }
  return matchCurve(h === undefined ? explicit : { ...explicit, h: readInteger(h) })
}

class UnreadableKey extends CccdError<'TEST_UNREADABLE_KEY'> {}
const unreadable = (): UnreadableKey => new UnreadableKey('TEST_UNREADABLE_KEY', 'not a public key')

function schemeOf(group: Group): SignatureScheme {
  const hash = hashOf(group.sha)
  if (group.type === 'EcdsaVerify') return { type: 'ecdsa', hash, format: 'der' }
  if (group.type === 'EcdsaP1363Verify') return { type: 'ecdsa', hash, format: 'plain' }
  if (group.type === 'RsassaPkcs1Verify') return { type: 'rsa-pkcs1', hash }
  if (group.type.startsWith('RsassaPss'))
    return { type: 'rsa-pss', hash, mgfHash: hashOf(group.mgfSha), saltLength: Number(group.sLen) }
  throw new Error(`unknown group ${group.type}`)
}

function hashOf(name: unknown): HashAlgorithm {
  return String(name).toLowerCase().replace('sha-', 'sha') as HashAlgorithm
}

export function printTallies(backend: string, tallies: readonly Tally[]): void {
  const rows = tallies.map(
    ({ file, counts, ran, accepted, disagreements }) =>
      `  ${file.replace('_test.json.gz', '').padEnd(44)} valid ${String(counts.valid).padStart(3)}  invalid ${String(counts.invalid).padStart(3)}  ` +
      `acceptable ${String(counts.acceptable).padStart(3)}  ran ${String(ran).padStart(3)}  acceptable taken ${accepted}  disagreements ${disagreements.length}`,
  )
  const total = tallies.reduce((sum, { ran }) => sum + ran, 0)
  console.log(`Wycheproof, ${backend}: ${tallies.length} files, ${total} tests run\n${rows.join('\n')}`)
}
