import type { Io } from '@cccd/cli'
import { encodeUtf8 } from '@cccd/core'
import { seededRandom } from '@cccd/simulator'

export interface TestIo extends Io {
  /** What was written so far. */
  readonly out: () => string
  readonly err: () => string
}

interface TestIoOptions {
  readonly env?: Record<string, string>
  readonly stdin?: string | Uint8Array
  readonly tty?: boolean
  readonly platform?: string
  readonly columns?: number
  readonly signal?: AbortSignal
  readonly openCard?: Io['openCard']
}

/** A terminal that remembers. English and UTF-8 unless the environment says otherwise; its clock stands still. */
export function testIo(options: TestIoOptions = {}): TestIo {
  const { columns, stdin = '', tty = false } = options
  const written = { out: '', err: '' }
  const random = seededRandom('cli tests')
  return {
    stdout: {
      write: (text) => {
        written.out += text
      },
      isTTY: tty,
      columns,
    },
    stderr: {
      write: (text) => {
        written.err += text
      },
      isTTY: tty,
      columns,
    },
    env: options.env ?? { LANG: 'en_US.UTF-8' },
    platform: options.platform ?? 'linux',
    systemLocale: 'en-US',
    clock: () => Date.parse('2026-06-01T08:00:00Z'),
    random,
    signal: options.signal ?? new AbortController().signal,
    readStdin: async () => (typeof stdin === 'string' ? encodeUtf8(stdin) : stdin),
    ...(options.openCard === undefined ? {} : { openCard: options.openCard }),
    out: () => written.out,
    err: () => written.err,
  }
}
