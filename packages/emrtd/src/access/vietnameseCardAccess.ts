import { decodeHex } from '@cccd/core'

/**
 * EF.CardAccess of the Vietnamese card as seen on several: Terminal Authentication 1, Chip Authentication 1 (ECDH, AES-128), PACE 2
 * (ECDH, generic mapping, AES-128, brainpoolP256r1). Used when chip or platform keeps the file from being read: SELECT MF is
 * answered with 6D00, and iOS selects the application before anyone can ask.
 */
export const vietnameseCardAccess: Uint8Array = /* @__PURE__ */ decodeHex(
  '3134300d060804007f0007020202020101300f060a04007f000702020302020201013012060a04007f0007020204020202010202010d',
)
