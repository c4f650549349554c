import { compareNames, foldName, type NameAgreement } from '@cccd/identity'

/** Letters that Doc 9303-3, 6.A lets an issuer write in more than one way, beside the one without a mark; lower case follows. */
const transliterations: readonly (readonly (readonly [string, string])[])[] = [
  [
    ['Ä', 'AE'],
    ['Å', 'AA'],
    ['Ö', 'OE'],
    ['Ü', 'UE'],
  ],
  [
    ['Å', 'AA'],
    ['Ñ', 'NXX'],
    ['Ü', 'UXX'],
  ],
]

/**
 * Whether the name of DG11, in national characters, can be another spelling of a name: letters transliterated in every way of Doc 9303-3,
 * words in another order. With `cut` one side may also have fewer words, or only their beginnings, as an MRZ has: for two names that one
 * issuer signed, never for one that anybody typed.
 */
export function compareDocumentNames(a: string, b: string, cut: boolean): NameAgreement {
  const plain = compareNames(a, b)
  if (plain !== 'different') return plain
  const left = spellings(a)
  const right = spellings(b)
  const agree = cut ? (one: string[], other: string[]) => covers(one, other) || covers(other, one) : sameWords
  return left.some((one) => right.some((other) => agree(one, other))) ? 'equal-after-normalisation' : 'different'
}

function sameWords(a: readonly string[], b: readonly string[]): boolean {
  return byLetter(a) === byLetter(b)
}

function byLetter(words: readonly string[]): string {
  return [...words].sort((a, b) => (a < b ? -1 : 1)).join(' ')
}

/** More than any name has: what somebody uploads must not take the time of its square. */
const maxWords = 64

function spellings(name: string): string[][] {
  const upper = name.normalize('NFC').toUpperCase().replace(/</g, ' ')
  const written = [
    upper,
    ...transliterations.map((table) => table.reduce((text, [from, to]) => text.split(from).join(to), upper)),
  ]
  return written.flatMap((text) => {
    const words = foldName(text)?.split(' ') ?? ['']
    return words[0] === '' || words.length > maxWords ? [] : [words]
  })
}

/** Whether every word of the shorter name begins, or is begun by, a word of the longer one that no other word took. */
function covers(shorter: readonly string[], longer: readonly string[]): boolean {
  const left = [...longer]
  return shorter.every((word) => {
    const at = left.findIndex((other) => other.startsWith(word) || word.startsWith(other))
    if (at < 0) return false
    left.splice(at, 1)
    return true
  })
}
