import { dataGroupNumber, type FileName } from '../lds/fileNames.js'
import { tryParseSecurityObject } from '../lds/parseSecurityObject.js'
import type { ChipSession } from './ChipSession.js'
import { isComplete } from './PartialReading.js'
import { readFile } from './readFile.js'

/**
 * Reads a file that a protocol needs and the caller did not ask for, unless the SOD says that the chip has none: a key that is not
 * listed there proves nothing, and asking for it costs an APDU and, on some chips, the protected channel. A SOD that is missing or
 * not understood says nothing.
 *
 * @throws as {@link readFile}
 */
export async function readIfListed(session: ChipSession, name: FileName): Promise<void> {
  const { SOD: sod } = session.partial.files
  const parsed = isComplete(sod) ? tryParseSecurityObject(sod.bytes) : undefined
  const number = dataGroupNumber(name)
  const listed = parsed?.ok !== true || parsed.value.dataGroupHashes.some(({ dataGroup }) => dataGroup === number)
  if (listed) await readFile(session, name)
  else session.partial.fileStatus[name] ??= { status: 'not-asked' }
}
