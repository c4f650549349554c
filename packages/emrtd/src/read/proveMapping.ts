import { bigIntToBytes, bytesToBigInt, CccdError, equalBytes, wipe } from '@cccd/core'
import { type AgreementKey, parseAgreementKey } from '../authentication/parseAgreementKey.js'
import { tryParseCardSecurity } from '../lds/parseCardSecurity.js'
import type { ChipAuthenticationPublicKeyInfo } from '../lds/securityInfos.js'
import { groupOf } from '../pace/paceParameters.js'
import type { ObservedAuthentication } from '../reading/observation.js'
import type { ChipSession, MappedChip } from './ChipSession.js'
import { isComplete } from './PartialReading.js'

const none = /* @__PURE__ */ new Uint8Array(0)

/**
 * Whether the chip that mapped the nonce holds the key of EF.CardSecurity whose number is that of the PACE parameters (Doc 9303-11,
 * 4.4.3.5.2): KA(CA_IC, PK_IC, D_IC) = PK_Map,IC. Whether the key is the document's is for the signature of the file to say. A chip that failed once in a
 * read has failed.
 */
export async function proveMapping(session: ChipSession): Promise<void> {
  const { mapped } = session
  if (mapped === undefined) return
  session.mapped = undefined
  const outcome = await outcomeOf(session, mapped)
  if (mapped.proof !== undefined) wipe(mapped.proof)
  if (session.mapping?.status !== 'failed') session.mapping = outcome
}

async function outcomeOf(session: ChipSession, mapped: MappedChip): Promise<ObservedAuthentication> {
  const { oid, parameterId } = mapped.info
  const about = { oid, publicKeyInfo: none, ...(parameterId === undefined ? {} : { keyId: parameterId }) }
  const failed = (reason: string): ObservedAuthentication => ({ ...about, status: 'failed', reason })
  const key = keyOf(session, parameterId)
  // Some chips send no proof at all.
  if (mapped.proof === undefined || key === undefined) return failed('refused')
  if (mapped.proof.length === 0) return failed('bad-answer')
  const { publicKeyInfo } = key
  try {
    const agreement = parseAgreementKey(publicKeyInfo, session.context.crypto)
    const held = agreement !== undefined && (await holdsKey(session, mapped, agreement))
    return held ? { ...about, publicKeyInfo, status: 'passed' } : { ...failed('other-key'), publicKeyInfo }
  } catch (error) {
    if (!CccdError.is(error)) throw error
    return { ...failed('other-key'), publicKeyInfo }
  }
}

/** Of several keys the one that the parameters number (Germany: 13 and 72). */
function keyOf({ partial }: ChipSession, parameterId: number | undefined): ChipAuthenticationPublicKeyInfo | undefined {
  const file = partial.files.CardSecurity
  const parsed = isComplete(file) ? tryParseCardSecurity(file.bytes) : undefined
  const infos = parsed?.ok === true ? parsed.value.securityInfos : []
  return infos.filter((info) => info.type === 'chip-authentication-public-key').find(({ keyId }) => keyId === parameterId)
}

async function holdsKey({ context }: ChipSession, mapped: MappedChip, { group, element }: AgreementKey): Promise<boolean> {
  const { proof = none, mappedKey, parameters } = mapped
  if (group.name !== groupOf(context.crypto, parameters.group).name) return false
  const value = bytesToBigInt(proof)
  if (value <= 0n || value >= group.order) return false
  return equalBytes(await group.multiply(bigIntToBytes(value, group.orderLength), element), mappedKey)
}
