import { bigIntToBytes, bytesToBigInt, equalBytes } from '@cccd/core'
import type { PrivateKeySpec } from '@cccd/crypto'
import type { ChipAuthenticationPublicKeyInfo } from '@cccd/emrtd'
import { tryParseCardSecurity } from '@cccd/emrtd/files'
import { parsePublicKeyInfo } from '@cccd/pki'
import type { ProtocolRun } from './Overheard.js'
import type { ScrubTools } from './scrubCertificate.js'

export interface CardSecurityFiles {
  /** As it was read. */
  readonly before: Uint8Array | undefined
  readonly after: Uint8Array | undefined
}

/**
 * The new key in the place of the one that chip-authentication mapping proved (Doc 9303-11, 4.4.3.5: CA_IC times the static key is the
 * chip's mapping key). Undefined where it proved none: no new key may be proven in its place.
 */
export async function provenMappingKey(
  run: ProtocolRun,
  { before, after }: CardSecurityFiles,
  { crypto, keys }: ScrubTools,
): Promise<PrivateKeySpec | undefined> {
  if (run.type !== 'pace' || run.mapping?.proof === undefined) return undefined
  const { parameterId } = run.info
  const [old, made] = [keyIn(before, parameterId), keyIn(after, parameterId)]
  if (old === undefined || made === undefined) return undefined
  const key = parsePublicKeyInfo(old.publicKeyInfo)
  if (key.type !== 'ec') return undefined
  const curve = crypto.curve(key.curve)
  const value = bytesToBigInt(run.mapping.proof)
  if (value <= 0n || value >= curve.order) return undefined
  const mapped = await curve.multiply(bigIntToBytes(value, curve.orderLength), key.point)
  return equalBytes(mapped, run.mapping.mappedKey) ? keys.privateKeyOf(made.publicKeyInfo) : undefined
}

function keyIn(file: Uint8Array | undefined, parameterId: number | undefined): ChipAuthenticationPublicKeyInfo | undefined {
  const parsed = file === undefined ? undefined : tryParseCardSecurity(file)
  const infos = parsed?.ok === true ? parsed.value.securityInfos : []
  const listed = infos.filter((info) => info.type === 'chip-authentication-public-key')
  return listed.find(({ keyId }) => keyId === parameterId) ?? (listed.length === 1 ? listed[0] : undefined)
}
