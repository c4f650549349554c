import { isInvisible } from '@cccd/core'

/** A value as JSON that shows all of itself: what does not show, or moves what does, stands as an escape of JSON, so that nothing is lost. */
export function terminalJson(value: object): string {
  const text = JSON.stringify(value, null, 2)
  return Array.from(text, (character) => {
    const point = character.codePointAt(0) ?? 0
    // JSON.stringify has written the controls within strings; the line ends are its own.
    return point > 0x20 && isInvisible(point) ? unitsOf(character) : character
  }).join('')
}

function unitsOf(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')
}
