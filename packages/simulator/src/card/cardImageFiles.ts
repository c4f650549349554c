import { decodeUtf8, encodeUtf8 } from '@cccd/core'
import { type FileName, fileNames } from '@cccd/emrtd'
import { qrImage } from '../citizen/qrImage.js'
import { SimulatorError } from '../errors.js'
import type { CardImage } from './CardImage.js'
import { decodeCardImage, encodeCardImage } from './cardImageJson.js'

const document = 'card.json'

/**
 * The files of a folder that holds a card, by name: `EF_<name>.bin` as the chip has them, `qr.txt` and `qr.png`, the country CA as
 * `csca.cer`, and `card.json` with everything else, private keys included.
 */
export function cardImageToFiles(card: CardImage): Record<string, Uint8Array> {
  const out: Record<string, Uint8Array> = {
    [document]: encodeUtf8(encodeCardImage({ ...card, files: {} })),
    'qr.txt': encodeUtf8(`${card.qr}\n`),
    'qr.png': qrImage(card.qr),
    'csca.cer': card.issuer.csca.certificate,
  }
  for (const [name, bytes] of Object.entries(card.files)) out[`EF_${name}.bin`] = bytes
  return out
}

/** The card in the files of such a folder. @throws SimulatorError `SIMULATOR_CARD_INVALID` */
export function cardImageFromFiles(files: Readonly<Record<string, Uint8Array>>): CardImage {
  const json = files[document]
  if (json === undefined)
    throw new SimulatorError('SIMULATOR_CARD_INVALID', 'the folder holds no card', { params: { file: document } })
  let text: string
  try {
    text = decodeUtf8(json)
  } catch (cause) {
    throw new SimulatorError('SIMULATOR_CARD_INVALID', 'the description of the card is not UTF-8', { cause })
  }
  const found: Partial<Record<FileName, Uint8Array>> = {}
  for (const name of fileNames) {
    const bytes = files[`EF_${name}.bin`]
    if (bytes !== undefined) found[name] = bytes
  }
  return decodeCardImage(text, found)
}
