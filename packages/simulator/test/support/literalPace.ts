import { bytesToBigInt, concatBytes, decodeHex, encodeOid, encodeTlv, encodeUtf8, equalBytes, parseTlv } from '@cccd/core'
import { type CryptoPort, type CurveName, type DhGroupName, type RandomSource, unpadIso9797Method2 } from '@cccd/crypto'
import type { SessionKeys } from '@cccd/emrtd'
import { type CardChannel, type CommandApdu, decodeResponse, encodeCommand, type ResponseApdu, send } from '@cccd/iso7816'
import { type CardImage, mrzInformation, type PaceOffer } from '@cccd/simulator'

const groups: Readonly<Record<number, CurveName | DhGroupName>> = {
  0: 'rfc5114-1024-160',
  1: 'rfc5114-2048-224',
  2: 'rfc5114-2048-256',
  8: 'P-192',
  9: 'brainpoolP192r1',
  10: 'P-224',
  11: 'brainpoolP224r1',
  12: 'P-256',
  13: 'brainpoolP256r1',
  14: 'brainpoolP320r1',
  15: 'P-384',
  16: 'brainpoolP384r1',
  17: 'brainpoolP512r1',
  18: 'P-521',
}
const arcs = { 'DH GM': 1, 'ECDH GM': 2, 'DH IM': 3, 'ECDH IM': 4, 'ECDH CAM': 6 } as const
const ciphers = ['3DES', 'AES-128', 'AES-192', 'AES-256'] as const
const references = { MRZ: 1, CAN: 2, PIN: 3, PUK: 4 } as const
const c128 = ['a668892a7c41e3ca739f40b057d85904', 'a4e136ac725f738b01c1f60217c188ad']
const c256 = [
  'd463d65234124ef7897054986dca0a174e28df758cbaa03f240616414d5a1676',
  '54bd7255f0aaf831bec3423fcf39d69b6cbf066677d0faae5aadd99df8e53517',
]

export type LiteralPassword = keyof typeof references

export interface LiteralPaceOptions {
  readonly crypto: CryptoPort
  readonly random: RandomSource
  readonly offer: PaceOffer
  readonly password: LiteralPassword
  /** Instead of the right one. */
  readonly secret?: string
  /** Names the parameters in DO 84. */
  readonly named?: boolean
  /** Commands go out in parts of this many bytes of data. */
  readonly chained?: number
}

export interface LiteralPace {
  /** Status word of MSE:Set AT, and of the last command. */
  readonly selected: number
  readonly sw: number
  readonly keys?: SessionKeys
  /** Whether the chip's token was right. */
  readonly token?: boolean
  /** What chip-authentication mapping proves: CA_IC of DO 8A, and the chip's mapping key. */
  readonly proof?: { readonly scalar: Uint8Array; readonly mapped: Uint8Array }
}

/** PACE written down from Doc 9303-11, 4.4, for these tests alone: it shares nothing with the terminal of the SDK or with the chip. */
export async function literalPace(channel: CardChannel, card: CardImage, options: LiteralPaceOptions): Promise<LiteralPace> {
  const { crypto, random, offer, password } = options
  const name = groups[offer.parameterId] as CurveName | DhGroupName
  const dh = name.startsWith('rfc')
  const group = dh ? crypto.dhGroup(name as DhGroupName) : crypto.curve(name as CurveName)
  const arc = arcs[`${dh ? 'DH' : 'ECDH'} ${offer.mapping ?? 'GM'}` as keyof typeof arcs]
  const oid = encodeOid(`0.4.0.127.0.7.2.2.4.${arc}.${ciphers.indexOf(offer.cipher) + 1}`)
  const keyLength = { '3DES': 16, 'AES-128': 16, 'AES-192': 24, 'AES-256': 32 }[offer.cipher]
  const des = offer.cipher === '3DES' ? await crypto.tripleDes() : undefined
  const block = des === undefined ? 16 : 8
  const zero: Uint8Array = new Uint8Array(block)
  const encrypt = (key: Uint8Array, data: Uint8Array, iv = zero): Uint8Array => (des ?? crypto.aes).encryptCbc(key, iv, data)
  const decrypt = (key: Uint8Array, data: Uint8Array, iv = zero): Uint8Array => (des ?? crypto.aes).decryptCbc(key, iv, data)
  const derive = (secret: Uint8Array, counter: number): Uint8Array =>
    crypto.hash(keyLength === 16 ? 'sha1' : 'sha256', secret, Uint8Array.of(0, 0, 0, counter)).slice(0, keyLength)
  const padded = (data: Uint8Array): Uint8Array =>
    concatBytes(data, Uint8Array.of(0x80), new Uint8Array(block - 1 - (data.length % block)))
  const mac = (key: Uint8Array, data: Uint8Array): Uint8Array =>
    des === undefined ? crypto.aes.cmac(key, data).slice(0, 8) : des.retailMac(key, padded(data))

  const text = options.secret ?? { MRZ: mrzInformation(card.mrz), CAN: card.can, PIN: card.pin, PUK: card.puk }[password] ?? ''
  const shared = password === 'MRZ' ? crypto.hash('sha1', encodeUtf8(text)) : encodeUtf8(text)
  const reference =
    options.named === true ? encodeTlv(0x84, Uint8Array.of(offer.explicitId ?? offer.parameterId)) : zero.slice(0, 0)
  const template = concatBytes(encodeTlv(0x80, oid), encodeTlv(0x83, Uint8Array.of(references[password])), reference)
  const select = decodeResponse(await channel.transmit(encodeCommand({ cla: 0, ins: 0x22, p1: 0xc1, p2: 0xa4, data: template })))
  const selected = select.sw
  if (selected !== 0x9000 && selected >> 4 !== 0x63c) return { selected, sw: selected }

  const ask = (command: CommandApdu): Promise<ResponseApdu> => send(channel, command, { accept: () => true })
  const step = async (cla: number, tag: number, value?: Uint8Array): Promise<ResponseApdu> => {
    let data = value === undefined ? encodeTlv(0x7c) : encodeTlv(0x7c, encodeTlv(tag, value))
    const size = options.chained ?? 255
    for (; data.length > size; data = data.slice(size)) {
      const part = await ask({ cla: 0x10, ins: 0x86, p1: 0, p2: 0, data: data.slice(0, size) })
      if (part.sw !== 0x9000) return part
    }
    return ask({ cla, ins: 0x86, p1: 0, p2: 0, data, le: 256 })
  }
  const objectOf = (data: Uint8Array, tag: number): Uint8Array | undefined =>
    parseTlv(data, { tag: 0x7c })
      .children()
      .find((node) => node.tag === tag)?.value

  const first = await step(0x10, 0)
  if (first.sw !== 0x9000) return { selected, sw: first.sw }
  const nonce = decrypt(derive(shared, 3), objectOf(first.data, 0x80) as Uint8Array)
  let generator: Uint8Array
  let mapped: Uint8Array = new Uint8Array(0)
  if (offer.mapping === 'IM') {
    const own = random(keyLength)
    const [c0, c1] = (keyLength === 16 ? c128 : c256).map(decodeHex) as [Uint8Array, Uint8Array]
    const parts: Uint8Array[] = []
    let key = encrypt(own, nonce)
    while (8 * parts.length * c0.length < 8 * group.fieldLength + 64) {
      parts.push(encrypt(key.slice(0, keyLength), c1))
      key = encrypt(key.slice(0, keyLength), c0)
    }
    const second = await step(0x10, 0x81, own)
    if (second.sw !== 0x9000) return { selected, sw: second.sw }
    generator = await group.mapPseudoRandom(concatBytes(...parts))
  } else {
    const scalar = group.randomScalar(random)
    const second = await step(0x10, 0x81, await group.publicKey(scalar))
    if (second.sw !== 0x9000) return { selected, sw: second.sw }
    mapped = (objectOf(second.data, 0x82) as Uint8Array).slice()
    generator = await group.mapNonce(nonce, await group.multiply(scalar, mapped))
  }
  const scalar = group.randomScalar(random)
  const own = await group.multiply(scalar, generator)
  const third = await step(0x10, 0x83, own)
  if (third.sw !== 0x9000) return { selected, sw: third.sw }
  const chip = objectOf(third.data, 0x84) as Uint8Array
  const secret = await group.sharedSecret(scalar, chip)
  const keys: SessionKeys = {
    cipher: offer.cipher,
    encryption: derive(secret, 1),
    mac: derive(secret, 2),
    sendSequenceCounter: new Uint8Array(block),
  }
  const token = (element: Uint8Array): Uint8Array =>
    mac(keys.mac, encodeTlv(0x7f49, encodeTlv(0x06, oid), encodeTlv(dh ? 0x84 : 0x86, element)))
  const last = await step(0x00, 0x85, token(chip))
  if (last.sw !== 0x9000) return { selected, sw: last.sw }
  const data = objectOf(last.data, 0x8a)
  const iv = encrypt(keys.encryption, new Uint8Array(block).fill(0xff))
  return {
    selected,
    sw: last.sw,
    keys,
    token: equalBytes(objectOf(last.data, 0x86) ?? zero, token(own)),
    ...(data && { proof: { scalar: unpadIso9797Method2(decrypt(keys.encryption, data, iv)), mapped } }),
  }
}

/** Whether a proof was made with the private half of a key: KA(CA_IC, PK_IC) = PK_Map,IC (Doc 9303-11, 4.4.3.5.2). */
export async function provesKey(
  proof: LiteralPace['proof'],
  publicKey: Uint8Array,
  group: { multiply(scalar: Uint8Array, element: Uint8Array): Promise<Uint8Array> },
): Promise<boolean> {
  if (proof === undefined || bytesToBigInt(proof.scalar) === 0n) return false
  return equalBytes(await group.multiply(proof.scalar, publicKey), proof.mapped)
}
