import { decodeBase64, encodeHex, isCccdError } from '@cccd/core'
import { portableCrypto } from '@cccd/crypto/portable'
import { decodeImage, readImageHeader, toPng } from '@cccd/image'

/** What every runtime must say alike of an image: its size and the digests of its pixels and its PNG, or the code of the error. */
export async function decodeAll(images: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const crypto = portableCrypto()
  const digest = (bytes: Uint8Array): string => encodeHex(crypto.hash('sha256', bytes)).slice(0, 32)
  const out: Record<string, string> = {}
  for (const [name, base64] of Object.entries(images)) {
    const bytes = decodeBase64(base64)
    try {
      const { type } = readImageHeader(bytes)
      const { width, height, data } = await decodeImage(bytes)
      out[name] = `${type} ${width} × ${height} ${digest(data)} ${digest(await toPng(bytes))}`
    } catch (error) {
      out[name] = isCccdError(error) ? error.code : String(error)
    }
  }
  return out
}
