import type { DraftName } from './CertificateDraft.js'
import type { MatrixEncoding } from './matrixEncodings.js'

/** What each way of writing changes in every name. Absent: nothing. */
export const nameEncodings: Readonly<Partial<Record<MatrixEncoding, (name: DraftName) => DraftName>>> = {
  'printable-names': (name) => ({ ...name, stringTag: 0x13 }),
  'teletex-names': (name) => ({ ...name, stringTag: 0x14 }),
  'lower-case-country': ({ attributes, stringTag }) => ({
    attributes: attributes.map((each) => (each.oid === '2.5.4.6' ? { ...each, text: each.text.toLowerCase() } : each)),
    stringTag,
  }),
}
