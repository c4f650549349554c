import { expectTag, type Finding, readSmallInteger, type TlvNode } from '@cccd/core'
import { malformed, openFile, within } from './openFile.js'

/** A biometric information template, unopened. */
export interface TemplateParts {
  /** Biometric header template A1; absent in files that leave it out. */
  readonly header: TlvNode | undefined
  /** Biometric data block 5F2E, or 7F2E where it is constructed (ISO/IEC 7816-11). */
  readonly block: TlvNode
}

const maxTemplates = 16

/** The templates of DG2, DG3 or DG4: 7F61 { 02 count, 7F60 { A1 header, 5F2E or 7F2E block } … } (Doc 9303-10, 4.7.2 to 4.7.4). */
export function readBiometricTemplates(bytes: Uint8Array, file: 'DG2' | 'DG3' | 'DG4', findings: Finding[]): TemplateParts[] {
  const root = openFile(bytes, file)
  return within(file, () => {
    const [group, ...extra] = root.children()
    if (extra.length > 0) throw malformed(file, 'bytes follow the biometric information group')
    const [count, ...templates] = expectTag(group, 0x7f61).children()
    if (templates.length > maxTemplates) throw malformed(file, 'too many biometric templates')
    if (readSmallInteger(count) !== templates.length)
      findings.push({
        code: 'count-differs',
        severity: 'warning',
        field: file,
        data: { templates: templates.length },
      })
    return templates.map((template) => {
      const children = expectTag(template, 0x7f60).children()
      const block = children.find(({ tag }) => tag === 0x5f2e || tag === 0x7f2e)
      if (block === undefined) throw malformed(file, 'a biometric template holds no data block')
      return { header: children.find(({ tag }) => tag === 0xa1), block }
    })
  })
}
