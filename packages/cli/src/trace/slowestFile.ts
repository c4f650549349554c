import type { OpenedExchange } from '@cccd/simulator'

export interface FileTime {
  readonly file: string
  readonly ms: number
  readonly exchanges: number
}

/** The file that took longest to read; undefined where no times were noted. */
export function slowestFile(exchanges: readonly OpenedExchange[]): FileTime | undefined {
  const times = new Map<string, { ms: number; exchanges: number }>()
  for (const { file, ms } of exchanges) {
    if (file === undefined || ms === undefined) continue
    const before = times.get(file) ?? { ms: 0, exchanges: 0 }
    times.set(file, { ms: before.ms + ms, exchanges: before.exchanges + 1 })
  }
  const [slowest] = [...times].sort(([, a], [, b]) => b.ms - a.ms)
  return slowest === undefined ? undefined : { file: slowest[0], ...slowest[1] }
}
