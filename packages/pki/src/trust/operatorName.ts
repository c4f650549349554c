/** Characters that do not show: two names that look alike are one name. */
const invisible =
  /\u034f|\u17b4|\u17b5|[\u00ad\u061c\u115f\u1160\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]|[\u180b-\u180e]|[\ufe00-\ufe0f]/g

/** The form in which names of operators are compared: letter case, width, spaces and what does not show make no second person. */
export function operatorKey(name: string): string {
  return name.normalize('NFKC').replace(invisible, '').trim().replace(/\s+/g, ' ').toLowerCase()
}

/** Names of different operators, the first spelling of each; blank ones do not count. */
export function distinctOperators(names: readonly string[]): string[] {
  const byKey = new Map<string, string>()
  for (const name of names) {
    const key = operatorKey(name)
    if (key !== '' && !byKey.has(key)) byKey.set(key, name.trim())
  }
  return [...byKey.values()]
}
