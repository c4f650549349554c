import type { CardChannel } from '@cccd/iso7816'

/** Where text goes. */
export interface Output {
  write(text: string): void
  /** Whether a person looks at it. */
  readonly isTTY: boolean
  /** Width in characters, when it is a terminal. */
  readonly columns: number | undefined
}

/** Everything that a command touches besides files and readers, so that a test can stand in for a terminal. */
export interface Io {
  readonly stdout: Output
  readonly stderr: Output
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: string
  /** BCP 47 name of the system's language, where the environment does not say (Windows). */
  readonly systemLocale: string
  /** Milliseconds since 1970. */
  readonly clock: () => number
  readonly random: (length: number) => Uint8Array
  /** Aborted when the user presses Ctrl+C. */
  readonly signal: AbortSignal
  /** Everything on standard input, for arguments given as `-`. */
  readonly readStdin: () => Promise<Uint8Array>
  /** Where cards come from, by the name of a reader (default: the PC/SC readers of this machine). */
  readonly openCard?: (reader: string | undefined) => Promise<CardChannel>
}
