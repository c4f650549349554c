/** A command that a card never answers cannot be called back; whoever closes does not wait for it longer than this. */
const closeTimeout = 1000

/** Waits for the end of a link, but not long; what is left of it goes on by itself. For adapters. */
export async function withPatience(ending: Promise<void>, longest: number = closeTimeout): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, longest)
  })
  try {
    await Promise.race([ending, patience])
  } finally {
    clearTimeout(timer)
  }
}
