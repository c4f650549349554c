import type { ChipReading } from '@cccd/emrtd'
import type { Facts } from './Facts.js'
import { statusWordText } from './statusWordText.js'

/** Which files there are, and what the chip said to the others. */
export async function filesProfile(reading: ChipReading): Promise<Facts> {
  const { fileNames } = await import('@cccd/emrtd')
  const entries = fileNames.map((name): [string, string] => {
    const { status, sw } = reading.fileStatus[name] ?? { status: 'not-asked' }
    return [name, sw === undefined ? status : `${status} ${statusWordText(sw)}`]
  })
  return Object.fromEntries(entries)
}

/** EF.COM. */
export async function commonProfile(bytes: Uint8Array | undefined): Promise<Facts> {
  if (bytes === undefined) return {}
  const { tryParseCom } = await import('@cccd/emrtd')
  const parsed = tryParseCom(bytes)
  if (!parsed.ok) return { error: parsed.error.code }
  const { ldsVersion, unicodeVersion, dataGroups } = parsed.value
  return { ldsVersion, unicodeVersion, dataGroups }
}

/** The form of the MRZ, never its content: how the numbers relate, whether the name follows the known spelling. */
export async function mrzProfile(reading: ChipReading): Promise<Facts> {
  const { DG1: dg1, DG13: dg13 } = reading.files
  if (dg1 === undefined) return {}
  const { tryParseDg1, tryParseDg13 } = await import('@cccd/emrtd')
  const { compareNames } = await import('@cccd/identity')
  const parsed = tryParseDg1(dg1)
  if (!parsed.ok) return { error: parsed.error.code }
  const { value: mrz, findings } = parsed
  const inside = dg13 === undefined ? undefined : tryParseDg13(dg13)
  const fullName = inside?.ok === true ? inside.value.fullName : undefined
  const { personalNumber } = mrz
  return {
    format: mrz.format,
    documentCode: mrz.documentCode,
    issuingState: mrz.issuingState,
    nationality: mrz.nationality,
    holdsPersonalNumber: personalNumber !== undefined,
    ...(personalNumber === undefined ? {} : { documentNumberIsItsEnd: personalNumber.endsWith(mrz.documentNumber) }),
    ...(fullName === undefined ? {} : { nameFollowsKnownSpelling: compareNames(fullName, mrz.nameField) !== 'different' }),
    findings: findings.map(({ code }) => code),
  }
}

/** The codec of the photograph; its size would tell one holder from another. */
export async function faceProfile(bytes: Uint8Array | undefined): Promise<Facts> {
  if (bytes === undefined) return {}
  const { tryParseDg2 } = await import('@cccd/emrtd/files')
  const parsed = tryParseDg2(bytes)
  if (!parsed.ok) return { error: parsed.error.code }
  const { faces } = parsed.value
  return {
    record: [...new Set(faces.map(({ standard }) => standard))].join(', '),
    images: faces.length,
    codec: [...new Set(faces.map(({ imageType }) => imageType))],
    findings: parsed.findings.map(({ code }) => code),
  }
}
