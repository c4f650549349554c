import { concatBytes } from '@cccd/core'
import type { CommandApdu } from '@cccd/iso7816'
import { StatusError } from './StatusError.js'

/** More than any command of Doc 9303-11 needs: a key of 2048 bits with its tags is 264. */
const maxLength = 4096

/** Puts commands together whose data came in parts (ISO/IEC 7816-4, 5.3.3): MSE:Set and GENERAL AUTHENTICATE with long keys. */
export class CommandChain {
  #begun: CommandApdu | undefined

  abandon(): void {
    this.#begun = undefined
  }

  /**
   * The whole command, or undefined while parts are missing. The chaining bit of GENERAL AUTHENTICATE also says that another step of PACE
   * follows, so there the length of the data itself tells whether it is whole.
   * @throws StatusError 6884 where nothing is chained, 6883 when another command comes in between, 6700 for far too much
   */
  add(command: CommandApdu): CommandApdu | undefined {
    const begun = this.#begun
    this.abandon()
    const chained = (command.cla & 0x10) !== 0
    if (begun !== undefined && (begun.ins !== command.ins || begun.p1 !== command.p1 || begun.p2 !== command.p2))
      throw new StatusError(0x6883)
    if (!chained && begun === undefined) return command
    if (command.ins !== 0x22 && command.ins !== 0x86) throw new StatusError(0x6884)
    const data = concatBytes(begun?.data ?? new Uint8Array(0), command.data ?? new Uint8Array(0))
    if (data.length > maxLength) throw new StatusError(0x6700)
    const whole = { ...command, data }
    if (!chained || (command.ins === 0x86 && isWhole(data))) return whole
    this.#begun = whole
    return undefined
  }
}

/** Whether the data is as long as its first element says. */
function isWhole(data: Uint8Array): boolean {
  const [, first] = data
  if (first === undefined) return true
  if (first < 0x80) return data.length >= 2 + first
  const count = first & 0x7f
  let length = 0
  for (const byte of data.subarray(2, 2 + count)) length = length * 256 + byte
  return data.length >= 2 + count + length
}
