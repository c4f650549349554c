import { decodeBase64, markPersonal } from '@cccd/core'
import { EmrtdError } from '../errors.js'
import { type FileName, isFileName } from '../lds/fileNames.js'
import { maxFileLength } from '../lds/openFile.js'
import type { ChipLimits } from '../read/ChipLimits.js'
import type {
  AccessRecord,
  ActiveAuthenticationTranscript,
  ChipAuthenticationTranscript,
  ChipReading,
  FileStatus,
  MasterFileName,
  RefusedAccess,
  StepTiming,
} from './ChipReading.js'
import { type Fields, fieldsOf, invalid, items, oneOf, optional, text, trueOrFalse, whole } from './jsonFields.js'

const statuses = ['read', 'access-denied', 'not-found', 'not-asked', 'withheld', 'failed'] as const
const protocols = ['PACE', 'BAC'] as const
const passwords = ['CAN', 'MRZ', 'PIN', 'PUK'] as const
const mappings = ['GM', 'IM', 'CAM'] as const
const ciphers = ['3DES', 'AES-128', 'AES-192', 'AES-256'] as const
const cardAccessSources = ['read', 'read-directly', 'built-in', 'not-read'] as const
const chipAuthenticationStatuses = ['performed', 'failed', 'not-offered', 'not-asked'] as const
const maxLength = 24 * 1024 * 1024
const maxMasterFile = 4096
const maxAnswer = 4_096

/**
 * The reading that {@link encodeReading} wrote, from its text or from the object a JSON parser made of it. Members of other names are left
 * out. Whoever decodes a reading did not see the chip: there is nothing in the form that could claim it.
 *
 * @throws EmrtdError `EMRTD_READING_INVALID` (with `params.field`), `EMRTD_FILE_TOO_LARGE`
 */
export function decodeReading(json: unknown): ChipReading {
  const root = fieldsOf(typeof json === 'string' ? parse(json) : json, 'reading')
  if (root.version !== 1) throw invalid('version')
  const reading: ChipReading = {
    version: 1,
    readAt: instant(root.readAt),
    files: filesOf(root.files),
    fileStatus: fileStatusOf(root.fileStatus),
    ...optional('access', root.access, accessOf),
    ...optional('chipAuthentication', root.chipAuthentication, chipAuthenticationOf),
    ...optional('activeAuthentication', root.activeAuthentication, activeAuthenticationOf),
    ...optional('answerToReset', root.answerToReset, (value) => bytes(value, 'answerToReset', 64)),
    ...optional('limits', root.limits, limitsOf),
    ...optional('masterFiles', root.masterFiles, masterFilesOf),
    ...optional('chipLimits', root.chipLimits, chipLimitsOf),
    timing: items(root.timing, 'timing', 256).map(timingOf),
  }
  return markPersonal(reading, 'ChipReading')
}

function parse(json: string): unknown {
  if (json.length > maxLength)
    throw new EmrtdError('EMRTD_FILE_TOO_LARGE', 'text is larger than allowed', { params: { length: json.length } })
  try {
    return JSON.parse(json)
  } catch {
    throw invalid('reading')
  }
}

function bytes(value: unknown, field: string, limit: number): Uint8Array {
  const encoded = text(value, field, Math.ceil((limit * 4) / 3) + 4)
  try {
    return decodeBase64(encoded)
  } catch {
    throw invalid(field)
  }
}

function instant(value: unknown): string {
  const iso = text(value, 'readAt', 40)
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(iso) || Number.isNaN(Date.parse(iso))) throw invalid('readAt')
  return iso
}

/** Files of names that this version does not know are left out: it could not judge them. */
function named<Value>(
  value: unknown,
  field: string,
  read: (inner: unknown, name: FileName) => Value,
): Partial<Record<FileName, Value>> {
  const out: Partial<Record<FileName, Value>> = {}
  for (const [name, inner] of Object.entries(fieldsOf(value, field))) if (isFileName(name)) out[name] = read(inner, name)
  return out
}

function filesOf(value: unknown): ChipReading['files'] {
  return named(value, 'files', (inner, name) => bytes(inner, `files.${name}`, maxFileLength(name)))
}

function fileStatusOf(value: unknown): ChipReading['fileStatus'] {
  return named(value, 'fileStatus', (inner, name): FileStatus => {
    const fields = fieldsOf(inner, `fileStatus.${name}`)
    return { status: oneOf(fields.status, statuses, `fileStatus.${name}`), ...statusWord(fields, `fileStatus.${name}`) }
  })
}

const statusWord = (fields: Fields, field: string): { sw?: number } =>
  optional('sw', fields.sw, (value) => whole(value, `${field}.sw`, 0xffff))
const identifier = (value: unknown, field: string): string => text(value, field, 128)
const keyNumber = (value: unknown, field: string): number => whole(value, field, 0x7fffffff)

function accessOf(value: unknown): AccessRecord {
  const fields = fieldsOf(value, 'access')
  return {
    protocol: oneOf(fields.protocol, protocols, 'access.protocol'),
    password: oneOf(fields.password, passwords, 'access.password'),
    candidate: whole(fields.candidate, 'access.candidate', 64),
    ...optional('oid', fields.oid, (inner) => identifier(inner, 'access.oid')),
    ...optional('parameterId', fields.parameterId, (inner) => keyNumber(inner, 'access.parameterId')),
    ...trueOf('explicitParameters', fields.explicitParameters),
    ...trueOf('deprecatedParameters', fields.deprecatedParameters),
    ...optional('mapping', fields.mapping, (inner) => oneOf(inner, mappings, 'access.mapping')),
    cipher: oneOf(fields.cipher, ciphers, 'access.cipher'),
    cardAccess: oneOf(fields.cardAccess, cardAccessSources, 'access.cardAccess'),
    offered: items(fields.offered, 'access.offered', 64).map((inner) => identifier(inner, 'access.offered')),
    refused: items(fields.refused, 'access.refused', 64).map(refusedOf),
  }
}

/** A mark that is there or not. */
function trueOf<Key extends 'explicitParameters' | 'deprecatedParameters'>(key: Key, value: unknown): { [K in Key]?: true } {
  if (value === undefined) return {}
  if (value !== true) throw invalid(`access.${key}`)
  return { [key]: true } as { [K in Key]: true }
}

function refusedOf(value: unknown): RefusedAccess {
  const fields = fieldsOf(value, 'access.refused')
  return {
    protocol: oneOf(fields.protocol, protocols, 'access.refused'),
    password: oneOf(fields.password, passwords, 'access.refused'),
    ...statusWord(fields, 'access.refused'),
    reason: identifier(fields.reason, 'access.refused'),
  }
}

function chipAuthenticationOf(value: unknown): ChipAuthenticationTranscript {
  const fields = fieldsOf(value, 'chipAuthentication')
  return {
    status: oneOf(fields.status, chipAuthenticationStatuses, 'chipAuthentication.status'),
    ...optional('oid', fields.oid, (inner) => identifier(inner, 'chipAuthentication.oid')),
    ...optional('keyId', fields.keyId, (inner) => keyNumber(inner, 'chipAuthentication.keyId')),
    ...statusWord(fields, 'chipAuthentication'),
    ...optional('reason', fields.reason, (inner) => identifier(inner, 'chipAuthentication.reason')),
  }
}

function activeAuthenticationOf(value: unknown): ActiveAuthenticationTranscript {
  const fields = fieldsOf(value, 'activeAuthentication')
  return {
    challenge: bytes(fields.challenge, 'activeAuthentication.challenge', maxAnswer),
    ...optional('response', fields.response, (inner) => bytes(inner, 'activeAuthentication.response', maxAnswer)),
    sw: whole(fields.sw, 'activeAuthentication.sw', 0xffff),
  }
}

function limitsOf(value: unknown): NonNullable<ChipReading['limits']> {
  const fields = fieldsOf(value, 'limits')
  return {
    maxCommandLength: whole(fields.maxCommandLength, 'limits.maxCommandLength', 1_000_000),
    maxResponseLength: whole(fields.maxResponseLength, 'limits.maxResponseLength', 1_000_000),
  }
}

function masterFilesOf(value: unknown): NonNullable<ChipReading['masterFiles']> {
  const fields = fieldsOf(value, 'masterFiles')
  const file = (name: MasterFileName) =>
    optional(name, fields[name], (inner) => bytes(inner, `masterFiles.${name}`, maxMasterFile))
  return { ...file('ATR/INFO'), ...file('DIR') }
}

function chipLimitsOf(value: unknown): ChipLimits {
  const fields = fieldsOf(value, 'chipLimits')
  const limit = (name: 'answerLength' | 'largestBlock') =>
    optional(name, fields[name], (inner) => whole(inner, `chipLimits.${name}`, 65_536))
  const flag = (name: 'shortFileIdentifiers' | 'refusesExtended' | 'headerFirst') =>
    optional(name, fields[name], (inner) => trueOrFalse(inner, `chipLimits.${name}`))
  return {
    ...flag('shortFileIdentifiers'),
    ...limit('answerLength'),
    ...flag('refusesExtended'),
    ...limit('largestBlock'),
    ...flag('headerFirst'),
  }
}

function timingOf(value: unknown): StepTiming {
  const fields = fieldsOf(value, 'timing')
  const { ms } = fields
  if (typeof ms !== 'number' || !Number.isFinite(ms) || ms < 0) throw invalid('timing.ms')
  const file = fields.file === undefined ? undefined : identifier(fields.file, 'timing.file')
  return { step: identifier(fields.step, 'timing.step'), ...(file !== undefined && isFileName(file) ? { file } : {}), ms }
}
