import { encodeHex, encodeOid, encodeTlv } from '@cccd/core'
import { accessFromCan, readChip } from '@cccd/emrtd'
import { describe, expect, it } from 'vitest'
import { cardAccessOf, infos } from '../issuer.js'
import { backends, countingRandom } from '../support.js'
import { TestChip } from '../TestChip.js'

/** A chip, or who stands before it, drops the channel and takes a weaker PACE when it is opened again. */

const crypto = backends[0]?.[1] as (typeof backends)[number][1]
const strong = { oid: '0.4.0.127.0.7.2.2.4.2.4', cipher: 'AES-256' } as const
const weak = { oid: '0.4.0.127.0.7.2.2.4.2.2', cipher: 'AES-128' } as const
const files = {
  CardAccess: cardAccessOf(infos.pace('2.4'), infos.pace('2.2')),
  SOD: encodeTlv(0x77, new Uint8Array(900).fill(7)),
  DG1: encodeTlv(0x61, new Uint8Array(93)),
}

function read(opensAgain: typeof strong | typeof weak) {
  let dropped = false
  const now = (): typeof strong | typeof weak => (dropped ? opensAgain : strong)
  const chip = new TestChip({
    crypto,
    files,
    get oid() {
      return now().oid
    },
    get cipher() {
      return now().cipher
    },
    quirk: ({ ins, p1, data = new Uint8Array(0) }, own) => {
      const offered = encodeHex(encodeTlv(0x80, encodeOid(now().oid)))
      if (ins === 0x22 && p1 === 0xc1 && !encodeHex(data).startsWith(offered)) return { data: new Uint8Array(0), sw: 0x6a80 }
      if (ins !== 0xb0 || p1 !== 0x81 || dropped) return undefined
      dropped = true
      own.drop()
      return { data: new Uint8Array(0), sw: 0x6988 }
    },
  })
  return readChip(chip, { access: accessFromCan('500540'), files: ['DG1'], crypto, random: countingRandom(3) })
}

describe('a chip that is opened again', () => {
  it('is not read on over another protocol than the one that is on record', async () => {
    await expect(read(weak)).rejects.toMatchObject({ code: 'PACE_FAILED' })
  })

  it('is read on over the same', async () => {
    expect((await read(strong)).access).toMatchObject(strong)
  })
})
