import { expect, it } from 'vitest'
import { flipSignedBits } from './flippedBits.js'

it('one flipped bit of what was signed: signature and issuer never both pass, and nothing is identity (every 61st bit)', async () => {
  const counts = await flipSignedBits(61)
  console.log(`bits flipped: ${JSON.stringify(counts)}`)
  expect(Object.values(counts).every((count) => count > 10)).toBe(true)
})
