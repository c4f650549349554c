import { parseTlv, readOid } from '@cccd/core'
import type { ScrubTools } from './scrubCertificate.js'
import { scrubTree } from './scrubTree.js'

const publicKeys = '0.4.0.127.0.7.2.2.1.'
/** Terminal Authentication, Chip Authentication, PACE; Active Authentication: which protocols a chip speaks is no secret. */
const protocols: readonly string[] = ['0.4.0.127.0.7.2.2.2', '0.4.0.127.0.7.2.2.3.', '0.4.0.127.0.7.2.2.4.', '2.23.136.1.1.5']
const longestNumber = 4

/** Overwrites SecurityInfos in place (Doc 9303-11, 9.2): keys by others, protocols stay, of what is unknown only numbers. */
export async function scrubSecurityInfos(bytes: Uint8Array, tools: ScrubTools): Promise<void> {
  for (const info of parseTlv(bytes, { tag: 0x31, allowTrailing: true }).children()) {
    const [protocol, required] = info.children()
    const oid = readOid(protocol)
    if (oid.startsWith(publicKeys) && required !== undefined) await tools.keys.replaceAgreementKey(required.raw)
    else if (!protocols.some((known) => oid.startsWith(known)))
      scrubTree(info.raw, (node) => {
        if (!node.constructed && node.tag !== 0x06 && node.length > longestNumber) node.value.fill(0)
        return false
      })
  }
}
