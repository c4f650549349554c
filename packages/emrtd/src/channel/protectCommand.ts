import { concatBytes, encodeTlv } from '@cccd/core'
import { padIso9797Method2 } from '@cccd/crypto'
import type { CommandApdu } from '@cccd/iso7816'
import type { CipherSuite } from './cipherSuite.js'

/** The keys of a running channel and the counter of this very message. */
export interface MessageKeys {
  readonly suite: CipherSuite
  readonly encryption: Uint8Array
  readonly mac: Uint8Array
  readonly counter: Uint8Array
}

/**
 * A command under secure messaging (Doc 9303-11, 9.8.4): header with CLA 0C, DO 87 (DO 85 without padding indicator under an odd
 * INS), DO 97, DO 8E. The expected length of the protected answer is the largest that the chosen form can say.
 */
export function protectCommand(command: CommandApdu, keys: MessageKeys): CommandApdu {
  const { suite, counter } = keys
  const cla = command.cla | 0x0c
  const header = Uint8Array.of(cla, command.ins, command.p1, command.p2)
  const body = concatBytes(encryptedData(command, keys), expectedLength(command.le))
  const macInput = concatBytes(counter, padIso9797Method2(header, suite.blockLength), body)
  // Without data objects the padded header ends the input; nothing more is padded (Doc 9303-11, 9.8.6.2).
  const padded = body.length === 0 ? macInput : padIso9797Method2(macInput, suite.blockLength)
  const data = concatBytes(body, encodeTlv(0x8e, suite.mac(keys.mac, padded)))
  const extended = data.length > 255 || (command.le ?? 0) > 256
  return { cla, ins: command.ins, p1: command.p1, p2: command.p2, data, le: extended ? 65_536 : 256 }
}

function encryptedData(command: CommandApdu, { suite, encryption, counter }: MessageKeys): Uint8Array {
  if (command.data === undefined || command.data.length === 0) return new Uint8Array(0)
  const cryptogram = suite.encrypt(encryption, counter, padIso9797Method2(command.data, suite.blockLength))
  const odd = (command.ins & 1) === 1
  return odd ? encodeTlv(0x85, cryptogram) : encodeTlv(0x87, Uint8Array.of(1), cryptogram)
}

function expectedLength(le: number | undefined): Uint8Array {
  if (le === undefined) return new Uint8Array(0)
  // 00 and 00 00 mean the largest of their form.
  if (le <= 256) return encodeTlv(0x97, Uint8Array.of(le & 0xff))
  return encodeTlv(0x97, Uint8Array.of((le >> 8) & 0xff, le & 0xff))
}
