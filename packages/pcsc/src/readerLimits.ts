import { type ChannelLimits, extendedLimits, shortLimits } from '@cccd/iso7816'
import { controlCode, type PcscCard } from './bindings/PcscBinding.js'

/** CM_IOCTL_GET_FEATURE_REQUEST, the feature GET_TLV_PROPERTIES and its dwMaxAPDUDataSize (PC/SC specification, part 10, 2.2 and 2.6.14). */
const getFeatureRequest = 3400
const tlvProperties = 0x12
const maxApduDataSize = 0x0a

/**
 * What a reader says that it carries: many without a pin pad say it, old ones and some drivers do not. Such a reader is taken to carry
 * extended length until an exchange shows otherwise. The driver answers; nothing goes to the card.
 */
export async function readerLimits(card: Pick<PcscCard, 'control'>): Promise<ChannelLimits> {
  if (card.control === undefined) return extendedLimits
  try {
    const feature = elementOf(await card.control(controlCode(getFeatureRequest)), tlvProperties)
    if (feature?.length !== 4) return extendedLimits
    const property = elementOf(await card.control(numberOf(feature)), maxApduDataSize)
    return property?.length === 4 ? limitsFor(numberOf(property.reverse())) : extendedLimits
  } catch {
    // A driver that does not know the question refuses it, each in its own way.
    return extendedLimits
  }
}

/** Zero and everything that one length byte could say is a reader for short APDUs. */
function limitsFor(dataSize: number): ChannelLimits {
  if (dataSize <= 0x100) return shortLimits
  return {
    maxCommandLength: Math.min(dataSize + 9, extendedLimits.maxCommandLength),
    maxResponseLength: Math.min(dataSize + 2, extendedLimits.maxResponseLength),
  }
}

/** The value of a tag in a list of one-byte tags and one-byte lengths; a list that does not add up says nothing. */
function elementOf(list: Uint8Array, wanted: number): Uint8Array | undefined {
  let found: Uint8Array | undefined
  let offset = 0
  while (offset < list.length) {
    const length = list[offset + 1]
    if (length === undefined || offset + 2 + length > list.length) return undefined
    if (list[offset] === wanted) found ??= list.slice(offset + 2, offset + 2 + length)
    offset += 2 + length
  }
  return found
}

/** Big-endian, as the codes of features are; properties are little-endian. */
function numberOf(bytes: Uint8Array): number {
  return bytes.reduce((value, byte) => value * 256 + byte, 0)
}
