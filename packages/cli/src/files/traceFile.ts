import { writeFile } from 'node:fs/promises'
import type { Trace } from '@cccd/iso7816'
import { CliError } from '../errors.js'
import { fileError, kindAt, readInput } from './readInput.js'

/** The trace in a file. @throws TransportError `TRANSPORT_TRACE_INVALID`, and as reading a file does */
export async function loadTrace(path: string): Promise<Trace> {
  const { decodeUtf8, isCccdError } = await import('@cccd/core')
  const { importTrace, TransportError } = await import('@cccd/iso7816')
  const bytes = await readInput(path)
  try {
    return importTrace(decodeUtf8(bytes))
  } catch (cause) {
    if (isCccdError(cause, 'UTF8_INVALID')) throw new TransportError('TRANSPORT_TRACE_INVALID', 'text is not a trace', { cause })
    throw cause
  }
}

/** Fails early, before a card is read for nothing. @throws CliError `CLI_EXISTS` */
export async function assertFreeFile(path: string, { force = false }: { readonly force?: boolean }): Promise<void> {
  const kind = await kindAt(path)
  if (kind === 'folder' || (kind === 'file' && !force)) throw new CliError('CLI_EXISTS', 'the file exists')
}

/** Writes a trace, readable by its owner only. */
export async function writeTrace(path: string, trace: Trace): Promise<void> {
  try {
    await writeFile(path, `${trace.export({ sensitive: true })}\n`, { mode: 0o600 })
  } catch (cause) {
    throw fileError(cause)
  }
}
