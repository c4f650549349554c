import { type OpenOptions, openPcsc } from './openPcsc.js'
import type { WaitOptions } from './Pcsc.js'
import type { ReaderInfo } from './ReaderInfo.js'

/**
 * Waits, once, until a card is in a reader. To wait again and again keep one {@link openPcsc}.
 *
 * @param reader the name of the reader; undefined for any
 * @throws PcscError `PCSC_TIMEOUT`, `PCSC_ABORTED`, `PCSC_SERVICE_LOST` and those of {@link openPcsc}
 */
export async function waitForCard(
  reader: string | undefined,
  options: Omit<WaitOptions, 'reader'> & OpenOptions = {},
): Promise<ReaderInfo> {
  const pcsc = await openPcsc(options)
  try {
    return await pcsc.waitForCard(reader === undefined ? options : { ...options, reader })
  } finally {
    await pcsc.close()
  }
}
