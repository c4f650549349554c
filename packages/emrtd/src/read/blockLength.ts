import { cipherParameters } from '../kdf/cipherParameters.js'
import type { SessionCipher } from '../lds/securityInfos.js'

/**
 * The most plain bytes that fit a protected answer of a given length (data without status word): DO 87 with its padding
 * indicator and at least one byte of padding, DO 99 (4), DO 8E (10).
 *
 * @param answerLength 256 for a short Le
 * @example blockLength(256, 'AES-128') // 223
 * blockLength(256, '3DES') // 231
 */
export function blockLength(answerLength: number, cipher: SessionCipher): number {
  const size = cipherParameters[cipher].blockLength
  const object = answerLength - 4 - 10
  // Tag and length field of DO 87: 87 LL, 87 81 LL, 87 82 LL LL; what is left holds the indicator and whole blocks.
  const header = object <= 129 ? 2 : object <= 258 ? 3 : object <= 65_539 ? 4 : 5
  const blocks = Math.floor((object - header - 1) / size)
  return Math.max(blocks * size - 1, 0)
}
