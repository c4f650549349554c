import type { CccdError, Finding, ParseOutcome, TlvNode } from '@cccd/core'
import { attempt, type Parsed, personal, within } from './openFile.js'
import { readBiometricTemplates } from './readBiometricTemplates.js'

/** A biometric template as it stands: which format its data has, and the data. Sensitive personal data. */
export interface BiometricTemplate {
  /** CBEFF format owner and type, e.g. 0x0101 and 0x0008 for ISO/IEC 19794-5; absent when the header does not say. */
  readonly formatOwner?: number
  readonly formatType?: number
  /** CBEFF biometric type (2: face, 8: fingerprint, 16: iris) and subtype. */
  readonly biometricType?: number
  readonly biometricSubtype?: number
  /** The header template A1 as it stands, empty when there is none. */
  readonly header: Uint8Array
  /** The biometric data block without its tag. */
  readonly data: Uint8Array
}

const label = 'BiometricGroup'

function readGroup(bytes: Uint8Array, file: 'DG2' | 'DG3' | 'DG4'): Parsed<BiometricTemplate[]> {
  const findings: Finding[] = []
  const templates = readBiometricTemplates(bytes, file, findings)
  const value = within(file, () =>
    templates.map(({ header, block }) => {
      const elements = new Map(header?.children().map((node) => [node.tag, node]))
      return {
        ...number('formatOwner', elements.get(0x87)),
        ...number('formatType', elements.get(0x88)),
        ...number('biometricType', elements.get(0x81)),
        ...number('biometricSubtype', elements.get(0x82)),
        header: header?.raw.slice() ?? new Uint8Array(0),
        data: block.value.slice(),
      }
    }),
  )
  return { value, findings }
}

/** Up to three bytes as a number: a header of another form says nothing. */
function number<Name extends string>(name: Name, node: TlvNode | undefined): { [N in Name]?: number } {
  if (node === undefined || node.length === 0 || node.length > 3) return {}
  const value = node.value.reduce((sum, byte) => sum * 256 + byte, 0)
  return { [name]: value } as { [N in Name]: number }
}

/**
 * The templates of DG2, DG3 or DG4, their data unopened: `parseFaceRecord` and `parseFaceBlock` read those of DG2; fingerprints and irises
 * stay raw bytes (Doc 9303-10, 4.7.2 to 4.7.4).
 * @throws EmrtdError `EMRTD_FILE_MALFORMED`, `EMRTD_FILE_TOO_LARGE`
 * @example
 * parseBiometricGroup(dg3, 'DG3').length // 2
 */
export function parseBiometricGroup(bytes: Uint8Array, file: 'DG2' | 'DG3' | 'DG4'): BiometricTemplate[] {
  return personal(readGroup(bytes, file), label).value
}

/** As {@link parseBiometricGroup}, with findings (`count-differs`) and without throwing for bad data. */
export function tryParseBiometricGroup(
  bytes: Uint8Array,
  file: 'DG2' | 'DG3' | 'DG4',
): ParseOutcome<BiometricTemplate[], CccdError> {
  return attempt(() => personal(readGroup(bytes, file), label))
}
