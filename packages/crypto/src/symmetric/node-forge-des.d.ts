/** The part of node-forge that is used, by the files it stands in; its published typings know the whole package only. */
declare module 'node-forge/lib/util.js' {
  export interface ByteStringBuffer {
    /** Takes the bytes out, one character each. */
    getBytes(): string
  }
  const util: { createBuffer(binary: string): ByteStringBuffer }
  export default util
}

declare module 'node-forge/lib/des.js' {
  import type { ByteStringBuffer } from 'node-forge/lib/util.js'

  interface CbcCipher {
    start(iv: string): void
    update(input: ByteStringBuffer): void
    readonly output: ByteStringBuffer
  }
  const des: {
    createEncryptionCipher(key: string, mode: 'CBC'): CbcCipher
    createDecryptionCipher(key: string, mode: 'CBC'): CbcCipher
  }
  export default des
}
