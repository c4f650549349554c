import { type OpenOptions, openPcsc } from './openPcsc.js'
import type { ReaderInfo } from './ReaderInfo.js'

/**
 * The readers of this machine and what is in them, once.
 *
 * @throws PcscError `PCSC_NO_BINDING`, `PCSC_NO_SERVICE`, `PCSC_ACCESS_DENIED`, `PCSC_FAILED`
 * @example for (const { name, card } of await listReaders()) console.log(name, card)
 */
export async function listReaders(options: OpenOptions = {}): Promise<ReaderInfo[]> {
  const pcsc = await openPcsc(options)
  try {
    return pcsc.readers()
  } finally {
    await pcsc.close()
  }
}
