/** The action, carried out at the first call; every call gives that one's outcome. */
export function once(action: () => Promise<void>): () => Promise<void> {
  let outcome: Promise<void> | undefined
  return () => {
    outcome ??= action()
    return outcome
  }
}
