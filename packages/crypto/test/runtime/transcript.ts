import { decodeHex, encodeHex } from '@cccd/core'
import {
  type CryptoPort,
  type CurveName,
  type GenerateKeyPair,
  hashAlgorithms,
  type PrivateKeySpec,
  publicKeyOf,
  type RandomSource,
  recoverIso9796_2,
  type SignatureScheme,
  signIso9796_2,
} from '@cccd/crypto'

/** A key that nobody uses: making one takes Hermes many seconds. */
const rsaKey: PrivateKeySpec = {
  type: 'rsa',
  modulus: decodeHex(
    'b1146f37935816202f353d443b7117f0484d6ddb941bb89e85805a50869ad4946f45a0499c46ed3fecf3f2590f81fd6589e02287c6928e8a91d7e7eb' +
      '0e4238497baf4701ebb8d5f74b60d24f529e679aaf5a6b127a4638c8b2683f3e984f64f3a0d88e9503abff9517043f650e1bdb66d5beadeb794cf54a' +
      '0d012cd0df494d2d',
  ),
  exponent: decodeHex('010001'),
  privateExponent: decodeHex(
    '29b79e31f218f4f1751dae46d65820e31f2d7a9d99c96417986cf219f9741d73b0b92ef758854f1c59c6e8c7b9830ebeee99ea98a11be2cfdb670980' +
      '9355df6b6ff9c7de35d0aa0404767804115f1fcc23b02f0f78f6632370e37803b188f0806db5279f22e8d950466d8b306d7dd8c7e1d71bcaa9385dba' +
      'ae41863a708ed773',
  ),
  primes: [
    decodeHex(
      'de4972ff50f7b75cc8ab09b949cce8b5f5c9d7c473a28e7a28044fb72c0c98eb461ecab1fae5b11557434ff5b7efe74b2e69c125cc01e3af557d9022' +
        '2ea0dc23',
    ),
    decodeHex(
      'cbefc44eea31ff18d0c7ff79f2c77a610c5d386c2d86133777c7a56d2ed181fc19018e0705c1d59b22f7d95fe37818b91856b26513a3589610f083eb' +
        '63475e6f',
    ),
  ],
}

/** One of everything, as hexadecimal lines that are the same in every runtime. */
export async function transcript(
  crypto: CryptoPort,
  generateKeyPair: GenerateKeyPair,
  random: RandomSource,
  curves: readonly CurveName[],
): Promise<string[]> {
  const lines: string[] = []
  const note = (what: string, ...values: (Uint8Array | boolean)[]): void => {
    lines.push([what, ...values.map((value) => (typeof value === 'boolean' ? String(value) : encodeHex(value)))].join(' '))
  }
  const message = random(100)
  for (const algorithm of hashAlgorithms)
    note(algorithm, crypto.hash(algorithm, message), crypto.createHash(algorithm).update(message).digest())
  for (const length of [16, 24, 32]) {
    const [key, iv, data] = [random(length), random(16), random(64)]
    const encrypted = crypto.aes.encryptCbc(key, iv, data)
    note(
      `aes ${length}`,
      encrypted,
      crypto.aes.decryptCbc(key, iv, encrypted),
      crypto.aes.encryptBlock(key, iv),
      crypto.aes.cmac(key, message),
    )
  }
  const des = await crypto.tripleDes()
  for (const length of [8, 16, 24]) note(`des ${length}`, des.encryptCbc(random(length), random(8), random(40)))
  note('retail mac', des.retailMac(random(16), random(40)))
  for (const name of curves) {
    const curve = crypto.curve(name)
    const [a, b] = [curve.randomScalar(random), curve.randomScalar(random)]
    const peer = await curve.publicKey(b)
    const mapped = await curve.mapNonce(random(16), peer)
    note(name, await curve.publicKey(a), await curve.sharedSecret(a, peer), mapped, await curve.multiply(a, mapped))
    note(`integrated ${name}`, await curve.mapPseudoRandom(random(48)))
    const spec = await generateKeyPair({ type: 'ec', curve: name }, random)
    const scheme: SignatureScheme = { type: 'ecdsa', hash: 'sha384', format: 'der' }
    const signature = await (await crypto.importPrivateKey(spec)).sign(scheme, message, random)
    const key = await crypto.importPublicKey(publicKeyOf(spec))
    note(`ecdsa ${name}`, signature, await key.verify(scheme, message, signature), await key.verify(scheme, signature, signature))
  }
  const group = crypto.dhGroup('rfc5114-1024-160')
  const [a, b] = [group.randomScalar(random), group.randomScalar(random)]
  const peer = await group.publicKey(b)
  const mapped = await group.mapNonce(random(16), peer)
  note(group.name, await group.sharedSecret(a, peer), mapped, await group.multiply(a, mapped))
  note(`integrated ${group.name}`, await group.mapPseudoRandom(random(144)))
  const [key, publicKey] = [await crypto.importPrivateKey(rsaKey), await crypto.importPublicKey(publicKeyOf(rsaKey))]
  const schemes: SignatureScheme[] = [
    { type: 'rsa-pkcs1', hash: 'sha256' },
    { type: 'rsa-pss', hash: 'sha256', mgfHash: 'sha1', saltLength: 20 },
  ]
  for (const scheme of schemes) {
    const signature = await key.sign(scheme, message, random)
    note(
      scheme.type,
      signature,
      await publicKey.verify(scheme, message, signature),
      await publicKey.verify(scheme, signature, signature),
    )
  }
  const answer = await signIso9796_2(key, random(8), { crypto, trailer: '34CC', random })
  const outcome = recoverIso9796_2((await publicKey.recover(answer)) ?? new Uint8Array(0), random(8), { crypto })
  note(`iso 9796-2 ${outcome.status}`, answer)
  return lines
}
