import { encodeTlv } from '@cccd/core'
import { beforeAll, describe, expect, it } from 'vitest'
import { attack, type Door, doors, doorsMissing } from './hostileInput.js'
import { demoReading } from './people.js'

const runs = process.env.CCCD_TEST === 'full' ? 20_000 : 400

let all: Door[]
beforeAll(async () => {
  all = doors(await demoReading())
})

describe('every public parser', () => {
  it('has a door here', () => {
    expect(doorsMissing(all)).toEqual([])
    for (const { name, samples } of all) expect([name, samples.length]).not.toEqual([name, 0])
  })

  it(`ends ${runs} random and mutated inputs with a value or a coded error`, () => {
    const lines = all.map((door) => ({ door, ...attack(door, runs) }))
    const slow = [...lines].sort((a, b) => b.slowest - a.slowest).slice(0, 3)
    console.log(
      `${all.length} parsers, ${lines.reduce((sum, { cases }) => sum + cases, 0)} inputs; slowest single inputs: ${slow.map(({ door, slowest }) => `${door.name} ${slowest.toFixed(1)} ms`).join(', ')}`,
    )
  })

  it('refuses elements nested 10,000 deep and lengths of 2 GB without allocating them', () => {
    let deep: Uint8Array = new Uint8Array(0)
    for (let level = 0; level < 10_000; level++) deep = encodeTlv(0x30, deep.length > 60_000 ? deep.subarray(0, 60_000) : deep)
    const indefinite = new Uint8Array(40_000).fill(0x80).map((byte, index) => (index % 2 === 0 ? 0x30 : byte))
    const huge = Uint8Array.of(0x75, 0x84, 0x7f, 0xff, 0xff, 0xff, 0x7f, 0x61)
    for (const { name, open, samples } of all) {
      if (typeof samples[0] === 'string') continue
      for (const input of [deep, indefinite, huge]) {
        const before = process.memoryUsage().arrayBuffers
        try {
          open(input as never)
        } catch (error) {
          expect([name, (error as { code?: string }).code]).not.toEqual([name, undefined])
        }
        expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024)
      }
    }
  })
})
