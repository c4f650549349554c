/** Asks once for each key and remembers the answer. */
export function once<Key, Value>(ask: (key: Key) => Value): (key: Key) => Value {
  const answers = new Map<Key, Value>()
  return (key) => {
    const known = answers.get(key)
    if (known !== undefined || answers.has(key)) return known as Value
    const answer = ask(key)
    answers.set(key, answer)
    return answer
  }
}

/** Whether a known answer comes out, asked once; a runtime that throws has not got the primitive. */
export function probe(knownAnswer: () => boolean): () => boolean {
  let answer: boolean | undefined
  return () => {
    answer ??= answers(knownAnswer)
    return answer
  }
}

export function answers(knownAnswer: () => boolean): boolean {
  try {
    return knownAnswer()
  } catch {
    return false
  }
}
