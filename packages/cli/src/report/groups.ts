import type { TextKey } from '../i18n/en.js'

/** The order in which a reader asks, and the checks that answer. */
export const groups: readonly (readonly [TextKey, (id: string) => boolean])[] = [
  ['group.issuer', (id) => /^(sod|chain|signer|online)\./.test(id)],
  ['group.data', (id) => /^dg\d+\.hash$/.test(id)],
  ['group.chip', (id) => /^(aa|ca|cam)\./.test(id)],
  ['group.access', (id) => /^(access|pace|card-access)\./.test(id)],
  ['group.document', () => true],
]
