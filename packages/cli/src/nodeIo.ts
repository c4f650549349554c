import { randomBytes } from 'node:crypto'
import type { Io, Output } from './Io.js'

function output(stream: NodeJS.WriteStream): Output {
  return {
    write: (text) => {
      stream.write(text)
    },
    isTTY: stream.isTTY === true,
    get columns() {
      return stream.isTTY === true ? stream.columns : undefined
    },
  }
}

const maxStdin = 16 * 1024 * 1024

async function readStdin(): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of process.stdin as AsyncIterable<Uint8Array>) {
    length += part.length
    if (length > maxStdin) break
    parts.push(part)
  }
  return new Uint8Array(Buffer.concat(parts))
}

/** The process itself. */
export function nodeIo(signal: AbortSignal): Io {
  return {
    stdout: output(process.stdout),
    stderr: output(process.stderr),
    env: process.env,
    platform: process.platform,
    systemLocale: Intl.DateTimeFormat().resolvedOptions().locale,
    clock: () => Date.now(),
    random: (length) => new Uint8Array(randomBytes(length)),
    signal,
    readStdin,
  }
}
