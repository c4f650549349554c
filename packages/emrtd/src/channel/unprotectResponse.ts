import { concatBytes, parseTlvSequence, type TlvNode } from '@cccd/core'
import { constantTimeEqual, padIso9797Method2, unpadIso9797Method2 } from '@cccd/crypto'
import type { ResponseApdu } from '@cccd/iso7816'
import { EmrtdError } from '../errors.js'
import type { MessageKeys } from './protectCommand.js'

const maxProtectedLength = 70_000

/**
 * The plain answer inside a protected one (Doc 9303-11, 9.8.5). The MAC is checked, in constant time, before anything else is
 * believed; then the order of the data objects, the status word inside against the one outside, the padding.
 *
 * @throws EmrtdError `SM_CHANNEL_LOST` for an answer without MAC, `SM_MAC_WRONG`, `SM_BAD_ANSWER`
 */
export function unprotectResponse(response: ResponseApdu, keys: MessageKeys): ResponseApdu {
  const { sw } = response
  if (response.data.length === 0)
    throw new EmrtdError('SM_CHANNEL_LOST', 'the chip answered without secure messaging', { sw, step: 'secure-messaging' })
  const objects = dataObjects(response)
  const last = objects[objects.length - 1]
  if (last === undefined || last.tag !== 0x8e)
    throw new EmrtdError('SM_CHANNEL_LOST', 'the answer carries no MAC', { sw, step: 'secure-messaging' })
  const covered = concatBytes(...objects.slice(0, -1).map((node) => node.raw))
  const { suite, counter } = keys
  const expected = suite.mac(keys.mac, padIso9797Method2(concatBytes(counter, covered), suite.blockLength))
  if (!constantTimeEqual(expected, last.value))
    throw new EmrtdError('SM_MAC_WRONG', 'the MAC of the answer is wrong', { sw, step: 'secure-messaging' })
  return { data: plainData(objects, keys, sw), sw: protectedStatus(objects, sw) }
}

function dataObjects(response: ResponseApdu): TlvNode[] {
  try {
    return parseTlvSequence(response.data, { maxLength: maxProtectedLength })
  } catch (cause) {
    throw bad('not a sequence of data objects', response.sw, cause)
  }
}

function protectedStatus(objects: readonly TlvNode[], outer: number): number {
  const status = objects[objects.length - 2]
  if (status === undefined || status.tag !== 0x99 || status.length !== 2) throw bad('DO 99 is missing', outer)
  const inner = ((status.value[0] as number) << 8) | (status.value[1] as number)
  if (inner !== outer) throw bad('the protected status word is not the one outside', outer)
  return inner
}

function plainData(objects: readonly TlvNode[], { suite, encryption, counter }: MessageKeys, sw: number): Uint8Array {
  if (objects.length > 3) throw bad('more data objects than an answer has', sw)
  if (objects.length < 3) return new Uint8Array(0)
  const [node] = objects
  const cryptogram =
    node?.tag === 0x87 && node.value[0] === 1 ? node.value.subarray(1) : node?.tag === 0x85 ? node.value : undefined
  if (cryptogram === undefined || cryptogram.length === 0 || cryptogram.length % suite.blockLength !== 0)
    throw bad('no cryptogram where one belongs', sw)
  try {
    return unpadIso9797Method2(suite.decrypt(encryption, counter, cryptogram))
  } catch (cause) {
    throw bad('the padding of the answer is wrong', sw, cause)
  }
}

function bad(message: string, sw: number, cause?: unknown): EmrtdError {
  return new EmrtdError('SM_BAD_ANSWER', message, { sw, step: 'secure-messaging', cause })
}
