import { nodeCrypto } from '@cccd/crypto/node'
import { portableCrypto } from '@cccd/crypto/portable'
import { describe, expect, it } from 'vitest'
import { cells, expectVerdict, issueCell, nameOf, profilesOf, verdictOf } from './support/matrix.js'
import { opensslVerdict } from './support/opensslMatrix.js'
import { expectedOfOpenssl } from './support/opensslWords.js'

describe(`every cell of the matrix issuer (${cells.length})`, () => {
  it.each(cells.map((cell) => [nameOf(cell), cell] as const))(
    '%s',
    async (_, cell) => {
      const issuer = await issueCell(cell)
      const verdict = await verdictOf(issuer, nodeCrypto())
      expectVerdict(cell, verdict, profilesOf(issuer))
      expect(await verdictOf(issuer, portableCrypto())).toEqual(verdict)
      const words = await opensslVerdict(issuer)
      const { verify, cms } = expectedOfOpenssl(cell)
      expect(words.verify).toMatch(verify)
      expect(words.cms).toMatch(cms)
    },
    120_000,
  )
})
