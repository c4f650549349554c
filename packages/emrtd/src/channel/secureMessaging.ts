import { concatBytes, wipe } from '@cccd/core'
import type { CryptoPort } from '@cccd/crypto'
import {
  type CardChannel,
  type ChannelLimits,
  type DecodedCommand,
  decodeCommand,
  decodeResponse,
  encodeCommand,
  encodeResponse,
  exchange,
  type ResponseApdu,
  type TransmitOptions,
  TransportError,
} from '@cccd/iso7816'
import { EmrtdError } from '../errors.js'
import type { SessionCipher } from '../lds/securityInfos.js'
import { cipherSuite } from './cipherSuite.js'
import { type MessageKeys, protectCommand } from './protectCommand.js'
import type { SessionKeys } from './SessionKeys.js'
import { unprotectResponse } from './unprotectResponse.js'

/** A channel whose commands and answers travel protected. */
export interface SecureChannel extends CardChannel {
  readonly cipher: SessionCipher
  /** False once an answer did not verify, the link failed in the middle of an exchange, or the channel ended. */
  readonly alive: boolean
  /** Overwrites the keys and leaves the channel underneath open. `close()` closes both. */
  end(): void
}

// DO 87 with its header, indicator and a block of padding, DO 97 and DO 8E.
const commandOverhead = 40
const longestResponse = 65_538
const maxJoinedLength = 70_000
const maxParts = 300

/**
 * Secure messaging of Doc 9303-11, 9.8 around a channel. Plain commands go in, plain answers come out. The first answer that does
 * not verify ends it: after that every call throws `SM_CHANNEL_LOST`. Takes the keys over: they are overwritten at the end.
 *
 * @throws EmrtdError (on transmit) `SM_CHANNEL_LOST`, `SM_MAC_WRONG`, `SM_BAD_ANSWER`
 * @throws TransportError (on transmit) `TRANSPORT_LENGTH` for an Le that the channel underneath cannot carry
 * @example
 * const secure = await secureMessaging(channel, keys, crypto)
 * await send(secure, { cla: 0, ins: 0xb0, p1: 0x9d, p2: 0, le: 223 }, {})
 */
export async function secureMessaging(channel: CardChannel, keys: SessionKeys, crypto: CryptoPort): Promise<SecureChannel> {
  const suite = await cipherSuite(crypto, keys.cipher)
  const counter = keys.sendSequenceCounter
  if (counter.length !== suite.blockLength || keys.encryption.length !== suite.keyLength || keys.mac.length !== suite.keyLength)
    throw new TypeError('keys must have the lengths of their cipher')
  const message: MessageKeys = { suite, encryption: keys.encryption, mac: keys.mac, counter }
  let alive = true
  let queue: Promise<unknown> = Promise.resolve()

  const end = (): void => {
    alive = false
    wipe(keys.encryption, keys.mac, counter)
  }

  const protectedExchange = async (command: Uint8Array, options?: TransmitOptions): Promise<Uint8Array> => {
    if (!alive) throw new EmrtdError('SM_CHANNEL_LOST', 'the protected channel has ended', { step: 'secure-messaging' })
    const plain = decodeCommand(command)
    assertCarried(plain, channel.limits)
    try {
      increment(counter)
      const protectedCommand = encodeCommand(protectCommand(plain, message))
      const response = await transmitJoined(channel, protectedCommand, options)
      // Ended while the chip was thinking: the keys are gone and the answer cannot be checked.
      if (!alive) throw new EmrtdError('SM_CHANNEL_LOST', 'the protected channel has ended', { step: 'secure-messaging' })
      increment(counter)
      return encodeResponse(unprotectResponse(response, message))
    } catch (error) {
      // Whatever went wrong, the two counters can no longer be known to agree.
      end()
      throw error
    }
  }

  return {
    cipher: keys.cipher,
    get alive() {
      return alive
    },
    limits: plainLimits(channel.limits),
    ...(channel.answerToReset === undefined ? {} : { answerToReset: channel.answerToReset }),
    transmit(command, options) {
      const answer = queue.then(() => protectedExchange(command, options))
      queue = answer.catch(() => undefined)
      return answer
    },
    end,
    async close() {
      end()
      await channel.close()
    },
  }
}

/** An answer may be longer than one of the channel underneath: 61xx brings it in parts. */
function plainLimits(limits: ChannelLimits): ChannelLimits {
  return { maxCommandLength: limits.maxCommandLength - commandOverhead, maxResponseLength: longestResponse }
}

/** Before the counter moves: a command that the channel cannot carry costs nothing. */
function assertCarried(command: DecodedCommand, limits: ChannelLimits): void {
  const asked = (command.le ?? 0) > 256 ? (command.le ?? 0) + 2 : 0
  if (asked <= limits.maxResponseLength) return
  const params = { length: asked, limit: limits.maxResponseLength }
  throw new TransportError('TRANSPORT_LENGTH', 'more data is asked for than the channel carries', {
    step: 'secure-messaging',
    params,
  })
}

function increment(counter: Uint8Array): void {
  for (let at = counter.length - 1; at >= 0; at--) {
    const next = ((counter[at] as number) + 1) & 0xff
    counter[at] = next
    if (next !== 0) return
  }
}

/** A chip with short answers announces the rest by 61xx; plain GET RESPONSE fetches it and the one MAC covers all of it. */
async function transmitJoined(channel: CardChannel, command: Uint8Array, options?: TransmitOptions): Promise<ResponseApdu> {
  let response = decodeResponse(await exchange(channel, command, options))
  let data = response.data
  for (let part = 0; response.sw >> 8 === 0x61; part++) {
    if (part === maxParts || data.length > maxJoinedLength)
      throw new EmrtdError('SM_BAD_ANSWER', 'the chip announces data without end', { sw: response.sw, step: 'secure-messaging' })
    const le = response.sw & 0xff
    const getResponse = encodeCommand({ cla: 0, ins: 0xc0, p1: 0, p2: 0, le: le === 0 ? 256 : le })
    response = decodeResponse(await exchange(channel, getResponse, options))
    data = concatBytes(data, response.data)
  }
  return { data, sw: response.sw }
}
