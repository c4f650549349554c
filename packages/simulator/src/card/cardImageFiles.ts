import { decodeUtf8, encodeUtf8 } from '@cccd/core'
import { type FileName, fileNames } from '@cccd/emrtd'
import { qrImage } from '../citizen/qrImage.js'
import { SimulatorError } from '../errors.js'
import type { CardImage } from './CardImage.js'
import { decodeCardImage, encodeCardImage } from './cardImageJson.js'

const document = 'card.json'

/**
 * The files of a folder that holds a card, by name: `EF_<name>.bin` as the chip has them; `qr.txt` and `qr.png`, or where the document
 * has no QR code `mrz.txt` and `can.txt`; the country CA as `csca.cer`, which is the former one where `link.cer` leads to the new; and
 * `card.json` with everything else, private keys included.
 */
export function cardImageToFiles(card: CardImage): Record<string, Uint8Array> {
  const out: Record<string, Uint8Array> = {
    [document]: encodeUtf8(encodeCardImage({ ...card, files: {} })),
    ...(card.qr === ''
      ? { 'mrz.txt': encodeUtf8(`${card.mrz.join('\n')}\n`), 'can.txt': encodeUtf8(`${card.can}\n`) }
      : { 'qr.txt': encodeUtf8(`${card.qr}\n`), 'qr.png': qrImage(card.qr) }),
    'csca.cer': card.issuer.formerCsca ?? card.issuer.csca.certificate,
  }
  for (const [index, link] of card.issuer.links.entries()) out[index === 0 ? 'link.cer' : `link-${index + 1}.cer`] = link
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
