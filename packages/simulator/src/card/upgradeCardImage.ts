import type { PlainData } from '@cccd/core'

type Members = { readonly [name: string]: PlainData }

const isRecord = (value: PlainData | undefined): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)

/**
 * The parts of a card image as they are written now, of one that an earlier version wrote. Version 1 knew Vietnamese cards alone, with one
 * key for Chip Authentication beside the offer that it belongs to. What is no card image is left as it is, for the check to find.
 */
export function upgradeCardImage(value: PlainData): PlainData {
  if (!isRecord(value) || value.version !== 1) return value
  const { chipAuthentication: offer, privateKeys, issuer, citizen, ...rest } = value
  if (!isRecord(privateKeys) || !isRecord(issuer) || !isRecord(citizen)) return value
  const { chipAuthentication: key, ...others } = privateKeys
  const chipKeys = isRecord(offer) ? [chipKey(offer, key)] : []
  return {
    ...rest,
    version: 2,
    profile: citizen.generation === '2024' ? 'vn-2024' : 'vn-2021',
    quirks: ['vn-mf-6d00', 'vn-com', 'vn-dg3-dg11'],
    citizen,
    chipKeys,
    privateKeys: others,
    securityObject: {},
    issuer: { ...issuer, state: { alpha2: 'VN', alpha3: 'VNM', documentTypes: ['ID'] } },
  }
}

/** Without its private key, version 1 had no public one beside it either: the files have it, and no chip needs it to answer. */
function chipKey({ cipher, curve }: Members, key: PlainData | undefined): PlainData {
  const pair = isRecord(key) ? { publicKey: key.point, secret: key.scalar } : { publicKey: new Uint8Array(0) }
  return { use: 'chip-authentication', cipher, group: curve, ...pair }
}
