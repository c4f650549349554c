import { encodeUtf8 } from '@cccd/core'

const words = ['Mẫu', 'Thử', 'Ví', 'Dụ', 'Giả', 'Định'] as const

/** A text that says DEMO, of exactly so many bytes in UTF-8; Vietnamese where there is room for it. */
export function demoText(length: number, upperCase: boolean): string {
  let out = 'DEMO'.slice(0, length)
  let left = length - out.length
  for (let index = 0; left > 1; index++) {
    const word = ` ${words[index % words.length] as string}`
    const size = encodeUtf8(word).length
    if (size > left) break
    out += word
    left -= size
  }
  out += 'o'.repeat(left)
  return upperCase ? out.toUpperCase() : out
}

/** A text that says DEMO in so many characters of ASCII letters, without a space: fit for every string type and for an MRZ. */
export function demoLetters(length: number): string {
  return 'DEMO'.repeat(Math.ceil(length / 4)).slice(0, length)
}

/** A name as an MRZ has it, in so many characters: DEMO, then given names. */
export function demoMrzName(length: number): string {
  if (length < 8) return demoLetters(length)
  return `DEMO<<${demoLetters(length - 6)}`
}
