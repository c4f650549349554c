/** Characters that do not show: two names that look alike are one name. */
const invisible =
  /\u034f|\u17b4|\u17b5|[\u00ad\u061c\u115f\u1160\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\ufeff\ufff9-\ufffb]|[\u180b-\u180f]|[\ufe00-\ufe0f]|\ud834[\udd73-\udd7a]|\udb40[\udc00-\udfff]/g

/** Cyrillic and Greek letters, and the Latin ones that they are taken for in one case or the other. */
const lookalikes = 'авекмнорстухіјѕһԁԛԝαβεζηικμνορτυχ'
const latin = 'abekmhopctyxijshdqwabezhikmnoptyx'

/**
 * The form in which names of operators are compared: letter case, width, spaces, what does not show and letters of another alphabet that look
 * the same make no second person.
 */
export function operatorKey(name: string): string {
  const plain = name.normalize('NFKC').replace(invisible, '').trim().replace(/\s+/g, ' ').toLowerCase()
  return Array.from(plain, (letter) => latin[lookalikes.indexOf(letter)] ?? letter).join('')
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
