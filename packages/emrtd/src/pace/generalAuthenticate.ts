import { encodeTlv, parseTlv, type TlvNode } from '@cccd/core'
import type { CardChannel } from '@cccd/iso7816'
import type { ProtocolContext } from '../access/ProtocolContext.js'
import { sendLong } from '../access/sendLong.js'
import { EmrtdError } from '../errors.js'

/**
 * One GENERAL AUTHENTICATE: dynamic authentication data 7C out and in (Doc 9303-11, 4.4.4.2). The answer's data objects, by tag. Le is always
 * 00: German passports answer any other with 6700.
 *
 * @param refused makes the error of a status word other than 9000
 * @throws EmrtdError `PACE_BAD_ANSWER`, and what `refused` returns
 */
export async function generalAuthenticate(
  channel: CardChannel,
  context: ProtocolContext,
  request: {
    readonly step: string
    readonly data: Uint8Array
    readonly last?: boolean
    /** Whether the chip may have nothing to say, and then leave the template out. */
    readonly mayBeEmpty?: boolean
    readonly refused: (sw: number) => EmrtdError
  },
): Promise<ReadonlyMap<number, Uint8Array>> {
  const { step } = request
  const cla = request.last === true ? 0x00 : 0x10
  const command = { cla, ins: 0x86, p1: 0, p2: 0, data: encodeTlv(0x7c, request.data), le: 256 }
  const response = await sendLong(channel, context, step, command)
  if (response.sw !== 0x9000) throw request.refused(response.sw)
  if (request.mayBeEmpty === true && response.data.length === 0) return new Map()
  return dynamicAuthenticationData(response.data, step)
}

function dynamicAuthenticationData(data: Uint8Array, step: string): ReadonlyMap<number, Uint8Array> {
  let objects: readonly TlvNode[]
  try {
    objects = parseTlv(data, { tag: 0x7c, maxLength: 4096 }).children()
  } catch (cause) {
    throw new EmrtdError('PACE_BAD_ANSWER', 'the answer is not dynamic authentication data', { step, cause })
  }
  const byTag = new Map(objects.map((node) => [node.tag, node.value]))
  if (byTag.size !== objects.length) throw new EmrtdError('PACE_BAD_ANSWER', 'a data object stands twice in the answer', { step })
  return byTag
}

/** The object that must stand in the answer. @throws EmrtdError `PACE_BAD_ANSWER` */
export function requiredObject(objects: ReadonlyMap<number, Uint8Array>, tag: number, step: string): Uint8Array {
  const value = objects.get(tag)
  if (value === undefined)
    throw new EmrtdError('PACE_BAD_ANSWER', 'the answer lacks its data object', { step, params: { tag: tag.toString(16) } })
  return value
}
