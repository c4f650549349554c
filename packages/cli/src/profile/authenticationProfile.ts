import { parseTlv } from '@cccd/core'
import type { ChipReading } from '@cccd/emrtd'
import type { Facts } from './Facts.js'
import { securityInfoNames } from './linkProfile.js'
import { publicKeyName } from './publicKeyName.js'
import { statusWordText } from './statusWordText.js'

/** The kind of key in DG15 and how the chip signed with it. */
export async function activeAuthenticationProfile(reading: ChipReading): Promise<Facts> {
  const { files, activeAuthentication } = reading
  if (files.DG15 === undefined) return { offered: false }
  const { tryParseDg15, tryParseDg14, verifyActiveAuthentication } = await import('@cccd/emrtd')
  const parsed = tryParseDg15(files.DG15)
  if (!parsed.ok) return { offered: true, error: parsed.error.code }
  const { publicKey } = parsed.value
  const key = { key: await publicKeyName(parsed.value.publicKeyInfo) }
  const answer = activeAuthentication === undefined ? {} : { statusWord: statusWordText(activeAuthentication.sw) }
  if (activeAuthentication?.response === undefined) return { offered: true, ...key, ...answer }
  const options = files.DG14 === undefined ? undefined : tryParseDg14(files.DG14)
  const info = options?.ok === true ? options.value.securityInfos.find(({ type }) => type === 'active-authentication') : undefined
  const { status, hash, trailer, format } = await verifyActiveAuthentication({
    publicKey,
    challenge: activeAuthentication.challenge,
    response: activeAuthentication.response,
    ...(info?.type === 'active-authentication' ? { signatureAlgorithm: info.signatureAlgorithm } : {}),
  })
  return {
    offered: true,
    ...key,
    ...answer,
    signature: status,
    ...(hash === undefined ? {} : { hash }),
    ...(trailer === undefined ? {} : { trailer }),
    ...(format === undefined ? {} : { format }),
  }
}

/** What DG14 offers and what became of Chip Authentication. */
export async function chipAuthenticationProfile(reading: ChipReading): Promise<Facts> {
  const { files, chipAuthentication: done } = reading
  if (files.DG14 === undefined) return { offered: false }
  const { tryParseDg14 } = await import('@cccd/emrtd')
  const parsed = tryParseDg14(files.DG14)
  if (!parsed.ok) return { error: parsed.error.code }
  const { securityInfos } = parsed.value
  const keys = securityInfos.flatMap((info) => (info.type === 'chip-authentication-public-key' ? [info.publicKeyInfo] : []))
  return {
    offered: keys.length > 0,
    securityInfos: await securityInfoNames(parseTlv(files.DG14).value),
    keys: await Promise.all(keys.map(publicKeyName)),
    ...(done === undefined ? {} : { result: done.status }),
    ...(done?.oid === undefined ? {} : { oid: done.oid }),
    ...(done?.sw === undefined ? {} : { statusWord: statusWordText(done.sw) }),
    ...(done?.reason === undefined ? {} : { reason: done.reason }),
  }
}
