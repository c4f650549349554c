import type { ChannelLimits } from '../CardChannel.js'

/** Short APDUs only: 5 + 255 + 1 bytes out, 256 + 2 back. */
export const shortLimits: ChannelLimits = /* @__PURE__ */ Object.freeze({ maxCommandLength: 261, maxResponseLength: 258 })

/** Full extended length: 7 + 65,535 + 2 bytes out, 65,536 + 2 back. */
export const extendedLimits: ChannelLimits = /* @__PURE__ */ Object.freeze({ maxCommandLength: 65544, maxResponseLength: 65538 })
