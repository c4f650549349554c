import { decodeHex } from '@cccd/core'
import type { CryptoPort, KeyAgreementGroup } from '@cccd/crypto'
import { describe, expect, it } from 'vitest'
import { readOwnVector } from '../../../test-vectors/shared.js'
import { backends } from './backends.js'

interface Example {
  readonly title: string
  readonly chip: { readonly agree: string }
  readonly intermediate: Readonly<Record<string, string>>
}

const groups = {
  g1: (crypto: CryptoPort) => crypto.curve('brainpoolP256r1'),
  g2: (crypto: CryptoPort) => crypto.dhGroup('rfc5114-1024-160'),
  h1: (crypto: CryptoPort) => crypto.curve('brainpoolP256r1'),
  h2: (crypto: CryptoPort) => crypto.dhGroup('rfc5114-1024-160'),
}

/** A private key of the document as a random source gives it; those that H.2 prints count modulo the order. */
const drawn = (group: KeyAgreementGroup, privateKey: Uint8Array): Uint8Array => group.randomScalar(() => privateKey)

describe.each(backends)('worked examples of Doc 9303-11: %s', (_, crypto) => {
  const of = (appendix: keyof typeof groups) => {
    const { chip, intermediate } = readOwnVector<Example>(`doc9303-11-${appendix}.json`)
    const value = (name: string): Uint8Array => decodeHex(intermediate[name] ?? '')
    const mapped = value(appendix.startsWith('g') ? 'map.mapped_generator' : 'mapped_generator')
    return { group: groups[appendix](crypto), chip, mapped, value }
  }

  it.each(['g1', 'g2'] as const)('%s: generic mapping', async (appendix) => {
    const { group, mapped, value } = of(appendix)
    const terminal = drawn(group, value('map.terminal_private'))
    expect(terminal).toEqual(value('map.terminal_private'))
    expect(await group.publicKey(terminal)).toEqual(value('map.terminal_public'))
    const agreed = await group.multiply(terminal, value('map.chip_public'))
    expect(agreed).toEqual(value(appendix === 'g1' ? 'map.shared_H' : 'map.shared_h'))
    expect(await group.mapNonce(value('nonce_s'), agreed)).toEqual(mapped)
  })

  it.each(['h1', 'h2'] as const)('%s: integrated mapping', async (appendix) => {
    const { group, mapped, value } = of(appendix)
    expect(await group.mapPseudoRandom(value('PRF_R'))).toEqual(mapped)
  })

  it.each(['g1', 'g2', 'h1', 'h2'] as const)('%s: key agreement on the mapped generator', async (appendix) => {
    const { group, mapped, value } = of(appendix)
    const terminal = drawn(group, value('agree.terminal_private'))
    expect(await group.multiply(terminal, mapped)).toEqual(value('agree.terminal_public'))
    expect(await group.sharedSecret(terminal, value('agree.chip_public'))).toEqual(value('agree.shared_K'))
  })

  it('h2: the chip comes to the same', async () => {
    const { group, chip, mapped, value } = of('h2')
    const scalar = drawn(group, decodeHex(chip.agree))
    expect(await group.multiply(scalar, mapped)).toEqual(value('agree.chip_public'))
    expect(await group.sharedSecret(scalar, value('agree.terminal_public'))).toEqual(value('agree.shared_K'))
  })
})
