/** The part of `pcsclite` 1.0.1 that is used, as its sources have it. */
export type PcscliteModule = () => NativeContext

export interface NativeContext {
  on(event: 'error', listener: (error: unknown) => void): this
  on(event: 'reader', listener: (reader: NativeReader) => void): this
  close(): number
}

export interface NativeReader {
  readonly name: string
  on(event: 'error', listener: (error: unknown) => void): this
  on(event: 'end', listener: () => void): this
  on(event: 'status', listener: (status: { readonly state: number; readonly atr?: Uint8Array }) => void): this
  connect(options: { share_mode: number }, callback: (error: unknown, protocol?: number) => void): void
  disconnect(disposition: number, callback: (error: unknown) => void): void
  transmit(
    command: Uint8Array,
    maxResponseLength: number,
    protocol: number,
    callback: (error: unknown, response?: Uint8Array) => void,
  ): void
  control(
    command: Uint8Array,
    code: number,
    maxResponseLength: number,
    callback: (error: unknown, response?: Uint8Array) => void,
  ): void
  close(): number
}
