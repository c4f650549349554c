import { concatBytes, decodeHex, decodeLatin1, encodeJson, encodeUtf8 } from '@cccd/core'
import type { Trace } from '@cccd/iso7816'
import type { Disguise } from './Disguise.js'
import { scrubRefused } from './scrubRefused.js'

/** Shorter values come up by chance. */
const shortestText = 6
const shortestBytes = 8

/**
 * The last look: nothing that was replaced, no random bytes of the original and none of its cryptograms may stand in the outcome, neither
 * in the files nor on the wire nor beside it.
 *
 * @throws SimulatorError `SIMULATOR_SCRUB_REFUSED` with `params.reason` `leak`
 */
export function assertNothingStays(before: Trace, after: Trace, files: readonly Uint8Array[], disguise: Disguise): void {
  const wire = after.exchanges.flatMap(({ command, response }) => [command, response])
  const context = encodeUtf8(encodeJson(after.context))
  const haystack = decodeLatin1(concatBytes(...files, ...wire, ...after.randomness, context))
  const needles = [
    ...before.randomness,
    ...before.exchanges.flatMap(({ command, response }) => [macIn(command), macIn(response, 2)]),
  ]
  for (const value of disguise.values()) {
    if (value.startsWith('bytes ')) needles.push(decodeHex(value.slice('bytes '.length)))
    else if (
      value.length >= shortestText &&
      disguise.known(value) !== value &&
      haystack.includes(decodeLatin1(encodeUtf8(value)))
    )
      throw scrubRefused('leak')
  }
  for (const needle of needles)
    if (needle.length >= shortestBytes && haystack.includes(decodeLatin1(needle))) throw scrubRefused('leak')
}

/** The MAC that ends a protected message: DO 8E, before Le or the status word. */
function macIn(apdu: Uint8Array, trailer = 1): Uint8Array {
  for (const after of [trailer, 2]) {
    const end = apdu.length - after
    if (apdu[end - 10] === 0x8e && apdu[end - 9] === 0x08) return apdu.subarray(end - 8, end)
  }
  return new Uint8Array(0)
}
