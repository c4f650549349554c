import { nodeCrypto } from '@cccd/crypto/node'
import { portableCrypto } from '@cccd/crypto/portable'
import type { MatrixCell, MatrixDefect } from '@cccd/simulator'
import { describe, expect, it } from 'vitest'
import { cells, expectVerdict, issueCell, nameOf, opensslVerdict, verdictOf } from './support/matrix.js'

/** OpenSSL verifies no certificate with explicit curve parameters. */
const opensslReads = ({ algorithm }: MatrixCell): boolean => algorithm.type === 'rsa' || algorithm.form === 'named'

/** Told to pass over the critical DEMO extension, OpenSSL passes over every other one; and countries are no concern of RFC 5280. */
const opensslWords: Readonly<Record<MatrixDefect, RegExp>> = {
  'expired-csca': /has expired/,
  'expired-signer': /has expired/,
  'not-yet-valid-signer': /not yet valid/,
  'csca-is-no-ca': /invalid CA certificate/,
  'csca-key-usage': /invalid CA certificate/,
  'unknown-critical-extension': /^OK$/,
  'other-country': /^OK$/,
  'intermediate-authority': /path length constraint exceeded/,
  'other-key': /signature failure/,
  'broken-signature': /signature failure/,
  'other-hash': /signature failure/,
  'algorithm-differs': /signature failure/,
  'wrong-salt': /signature failure/,
  'forged-for-exponent-3': /signature failure/,
  revoked: /certificate revoked/,
  'list-of-other-key': /CRL signature failure/,
}

describe(`every cell of the matrix issuer (${cells.length})`, () => {
  it.each(cells.map((cell) => ({ name: nameOf(cell), cell })))(
    '$name',
    async ({ cell }) => {
      const issuer = await issueCell(cell)
      const verdict = await verdictOf(issuer, nodeCrypto())
      expectVerdict(cell, verdict)
      expect(await verdictOf(issuer, portableCrypto())).toEqual(verdict)
      const words = await opensslVerdict(issuer)
      if (opensslReads(cell)) expect(words).toMatch(cell.defect === undefined ? /^OK$/ : opensslWords[cell.defect])
      else expect(words).not.toBe('OK')
    },
    120_000,
  )
})
