import { copyBytes } from '@cccd/core'
import { type FileName, fileNames } from '../lds/fileNames.js'
import type { ActiveAuthenticationTranscript, ChipReading } from '../reading/ChipReading.js'

/**
 * A reading as it is at one instant, each of its members read once and its bytes copied: what was hashed is what is read afterwards,
 * whoever writes into the reading meanwhile or gives other bytes at each asking.
 * @throws TypeError for a file that is no Uint8Array
 */
export function stillReading(reading: ChipReading): ChipReading {
  const { files: given, fileStatus, activeAuthentication } = reading
  const files: Partial<Record<FileName, Uint8Array>> = {}
  for (const name of fileNames) {
    const bytes = given[name]
    if (bytes !== undefined) files[name] = copyBytes(bytes, `files.${name}`)
  }
  return {
    version: reading.version,
    readAt: reading.readAt,
    timing: [],
    files,
    fileStatus: Object.fromEntries(Object.entries(fileStatus).map(([name, status]) => [name, { ...status }])),
    ...(activeAuthentication === undefined ? {} : { activeAuthentication: transcript(activeAuthentication) }),
  }
}

function transcript({ challenge, response, sw }: ActiveAuthenticationTranscript): ActiveAuthenticationTranscript {
  return {
    challenge: copyBytes(challenge, 'activeAuthentication.challenge'),
    ...(response === undefined ? {} : { response: copyBytes(response, 'activeAuthentication.response') }),
    sw,
  }
}
