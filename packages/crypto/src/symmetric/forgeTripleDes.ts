import { decodeLatin1 } from '@cccd/core'
import type { TripleDesPort } from '../port.js'
import { type TripleDesCbc, tripleDesPort } from './tripleDesPort.js'

let loading: Promise<TripleDesPort> | undefined

/** 3DES of node-forge, in a chunk of its own that is loaded at the first call. */
export function forgeTripleDes(): Promise<TripleDesPort> {
  loading ??= load()
  return loading
}

async function load(): Promise<TripleDesPort> {
  const [{ default: des }, { default: util }] = await withGlobalScope(() =>
    Promise.all([import('node-forge/lib/des.js'), import('node-forge/lib/util.js')]),
  )
  type Cipher = ReturnType<typeof des.createEncryptionCipher>
  // Without `finish` no padding is made or taken away: `update` works through all whole blocks.
  const run = (cipher: Cipher, iv: Uint8Array, data: Uint8Array): Uint8Array => {
    cipher.start(decodeLatin1(iv))
    cipher.update(util.createBuffer(decodeLatin1(data)))
    const binary = cipher.output.getBytes()
    const out = new Uint8Array(data.length)
    for (let i = 0; i < out.length; i++) out[i] = binary.charCodeAt(i)
    return out
  }
  const cipher: TripleDesCbc = {
    encrypt: (key, iv, data) => run(des.createEncryptionCipher(decodeLatin1(key), 'CBC'), iv, data),
    decrypt: (key, iv, data) => run(des.createDecryptionCipher(decodeLatin1(key), 'CBC'), iv, data),
  }
  return tripleDesPort(cipher)
}

/** forge asks for `self` or `window` while it loads; a bare Hermes or another small engine has neither. */
async function withGlobalScope<Value>(load: () => Promise<Value>): Promise<Value> {
  const scope: { self?: unknown; window?: unknown } = globalThis
  if (scope.self !== undefined || scope.window !== undefined) return load()
  scope.self = globalThis
  try {
    return await load()
  } finally {
    delete scope.self
  }
}
