export interface VirtualReader {
  readonly name: string
  readonly host: string
  readonly port: number
}

export interface PcscStack {
  readonly pid: number
  /** Whether this call started it. */
  readonly started: boolean
  readonly readers: readonly VirtualReader[]
}

export function pcscUnavailable(): string | undefined
export function lockPcsc(options?: { timeout?: number }): Promise<() => void>
export function startPcsc(options?: { readers?: number; short?: boolean }): Promise<PcscStack>
export function stopPcsc(options?: { signal?: NodeJS.Signals }): Promise<boolean>
