import { visibleText } from '@cccd/core'

/** A value as JSON that shows all of itself: what does not show, or moves what does, stands as an escape of JSON, so that nothing is lost. */
export function terminalJson(value: object): string {
  // JSON.stringify has written the controls within strings; the line ends are its own.
  return JSON.stringify(value, null, 2)
    .split('\n')
    .map((line) => visibleText(line, unitsOf))
    .join('\n')
}

function unitsOf(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')
}
