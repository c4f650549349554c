import { encodeBase64, encodeBase64Url, encodeHex } from '@cccd/core'
import { defaultCrypto } from '@cccd/crypto/default'
import { accessFromQr, type ChipReading, readChip } from '@cccd/emrtd'
import { type Recording, recording } from '@cccd/iso7816'
import { createTrustStore, type TrustStore } from '@cccd/pki'
import { type CardQr, parseQr } from '@cccd/qr'
import { type CardImage, createIssuer, personalise, seededRandom, syntheticCitizen, virtualCard } from '@cccd/simulator'

export const at = '2026-06-01T08:00:00Z'
export const challenge = Uint8Array.of(0xa1, 0xb2, 0xc3, 0xd4, 0xe5, 0xf6, 0x07, 0x18)
export const wanted = ['COM', 'DG1', 'DG2', 'DG3', 'DG11', 'DG13', 'DG14', 'DG15'] as const

export interface DemoReading {
  readonly card: CardImage
  readonly qr: CardQr
  readonly reading: ChipReading
  readonly channel: Recording
  readonly trust: TrustStore
}

/** A DEMO card, read whole with recording on. */
export async function demoReading(): Promise<DemoReading> {
  const issuer = await createIssuer({ random: seededRandom('house issuer'), at })
  const card = await personalise(issuer, syntheticCitizen(11), { random: seededRandom('house card') })
  const qr = parseQr(card.qr)
  const channel = recording(virtualCard(card, { random: seededRandom('house chip') }), {
    randomness: seededRandom('house terminal'),
  })
  const reading = await readChip(channel, {
    access: accessFromQr(qr),
    files: wanted,
    activeAuthentication: { challenge },
    random: channel.random,
    clock: () => Date.parse(at),
  })
  const trust = await createTrustStore({ anchors: [{ certificate: issuer.csca.certificate }], allowDemo: true })
  return { card, qr, reading, channel, trust }
}

/**
 * Texts that must never be seen where nobody asked for them: number, names, MRZ, keys, pieces of the photo, hashes of data groups.
 *
 * @param photoFrom where the pieces begin: the tables before the picture itself are those of every JPEG
 */
export function secretsOf(
  { card, channel }: { readonly card: CardImage; readonly channel: Pick<Recording, 'trace'> },
  photoFrom = 200,
): ReadonlyMap<string, string> {
  const { citizen, files, mrz, chipKeys, privateKeys } = card
  const secrets = new Map<string, string>()
  const text = (name: string, value: string | undefined): void => {
    if (value !== undefined && value.length >= 6) secrets.set(value, name)
  }
  const bytes = (name: string, value: Uint8Array | undefined): void => {
    if (value === undefined || value.length < 8) return
    secrets.set(encodeHex(value), name)
    secrets.set(encodeHex(value).toUpperCase(), name)
    secrets.set([...value].join(', '), name)
    secrets.set([...value].join(','), name)
    // A base64 text shifts with its neighbours: all three alignments, without the characters at the edges.
    for (let shift = 0; shift < 3; shift++) {
      const shifted = Uint8Array.of(...new Uint8Array(shift), ...value)
      secrets.set(encodeBase64(shifted).slice(4, -4), name)
      secrets.set(encodeBase64Url(shifted).slice(4, -4), name)
    }
  }
  text('number', citizen.personalNumber)
  text('document number', citizen.personalNumber.slice(3))
  text('access number', card.can)
  text('previous number', citizen.previousIdNumber)
  text('name', citizen.fullName)
  text('name', citizen.fullName.toUpperCase())
  for (const [index, line] of mrz.entries()) text(`MRZ line ${index + 1}`, line)
  text('MRZ name', (mrz[2] ?? '').replace(/<+$/, ''))
  const photo = files.DG2 ?? new Uint8Array(0)
  for (let offset = photoFrom; offset + 24 < photo.length; offset += 1500) bytes('photo', photo.subarray(offset, offset + 24))
  const { activeAuthentication: key } = privateKeys
  if (key?.type === 'rsa') bytes('private key', key.privateExponent.subarray(0, 32))
  else if (key?.type === 'ec') bytes('private key', key.scalar)
  for (const { secret } of chipKeys) if (secret !== undefined) bytes('private key', secret)
  for (const random of channel.trace().randomness) bytes('terminal key', random)
  const crypto = defaultCrypto()
  for (const [name, file] of Object.entries(files))
    if (name.startsWith('DG')) bytes(`hash of ${name}`, crypto.hash('sha256', file))
  return secrets
}

/** Names of the secrets that a text holds. */
export function leaksIn(text: string, secrets: ReadonlyMap<string, string>): string[] {
  const found = new Set<string>()
  for (const [secret, name] of secrets) if (text.includes(secret)) found.add(name)
  return [...found]
}
