import { accessFromCan, readChip } from '@cccd/emrtd'
import { seededRandom } from '@cccd/simulator'
import { challenge, type ReadStrategy } from './ReadStrategy.js'

export const ours: ReadStrategy = {
  name: '@cccd/emrtd',
  async read(channel, card, { files, chipAuthentication, activeAuthentication }) {
    const reading = await readChip(channel, {
      access: accessFromCan(card.can),
      files,
      chipAuthentication: chipAuthentication ? 'when-offered' : 'never',
      ...(activeAuthentication ? { activeAuthentication: { challenge } } : {}),
      random: seededRandom('terminal'),
    })
    const { CardAccess: _access, ...read } = reading.files
    if (chipAuthentication && reading.chipAuthentication?.status !== 'performed') throw new Error('the chip key is not proven')
    if (activeAuthentication && reading.activeAuthentication?.response === undefined) throw new Error('the chip has not signed')
    return read
  },
}
