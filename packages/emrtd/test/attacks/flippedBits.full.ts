import { expect, it } from 'vitest'
import { flipSignedBits } from './flippedBits.js'

it('one flipped bit of what was signed: signature and issuer never both pass, and nothing is identity (every bit)', async () => {
  const counts = await flipSignedBits(1)
  console.log(`bits flipped: ${JSON.stringify(counts)}`)
  expect(Object.values(counts).every((count) => count >= 800)).toBe(true)
}, 600_000)
