import { defaultCrypto } from '@cccd/crypto/default'
import { createSignerCensus } from '@cccd/pki/trust'
import { createIssuer, securityObject, seededRandom } from '@cccd/simulator'
import { describe, expect, it } from 'vitest'
import { censusOfThreeIssuers } from './trustCensus.js'

describe('census, pins and recheck', () => {
  it('over 60 DEMO cards of three issuers, one hostile with the same names', () => censusOfThreeIssuers(60), 60_000)

  it('says that there are more signers than it counts, and keeps what it counted', async () => {
    const census = await createSignerCensus({ key: new Uint8Array(32), maxSigners: 1 })
    const sodOf = async (seed: string): Promise<Uint8Array> => {
      const random = seededRandom(seed)
      const { signer } = await createIssuer({ random, at: '2024-01-01T00:00:00Z' })
      const dataGroups = new Map([[1, Uint8Array.of(1)]])
      return securityObject({ signer, dataGroups, signingTime: '2025-01-01T00:00:00Z', crypto: defaultCrypto(), random })
    }
    await census.add({ sod: await sodOf('one') })
    await expect(census.add({ sod: await sodOf('another') })).rejects.toMatchObject({ code: 'PKI_TOO_MANY_SIGNERS' })
    expect([census.rows().map(({ cards }) => cards), census.unreadable]).toEqual([[1], 0])
  })
})
