import { markPersonal, type PlainData } from '@cccd/core'
import type { AccessCandidate } from '../access/AccessCandidate.js'
import { fileNames } from '../lds/fileNames.js'
import { type Fields, fieldsOf, invalid, items, oneOf, optional, text, whole } from '../reading/jsonFields.js'
import { type TracedOptions, traceContextKind } from './traceContext.js'

const maxCandidates = 32
const maxPassword = 64
const largestFile = 16 * 1_048_576

/**
 * The options that {@link traceContext} kept, for `readChip` over a replay.
 *
 * @throws EmrtdError `EMRTD_READING_INVALID` (`params.field`), also when the trace keeps nothing or something else
 * @example
 * const channel = replay(trace)
 * const reading = await readChip(channel, { ...parseTraceContext(trace.context), random: channel.random })
 */
export function parseTraceContext(context: PlainData): TracedOptions {
  const fields = fieldsOf(context, 'context')
  if (fields.kind !== traceContextKind) throw invalid('kind')
  const access = items(fields.access, 'access', maxCandidates).map(candidateOf)
  if (access.length === 0) throw invalid('access')
  const options: TracedOptions = {
    access,
    ...optional('files', fields.files, (value) =>
      items(value, 'files', fileNames.length).map((name) => oneOf(name, fileNames, 'files')),
    ),
    ...optional('allowBac', fields.allowBac, (value) => flag(value, 'allowBac')),
    ...optional('chipAuthentication', fields.chipAuthentication, (value) =>
      oneOf<'when-offered' | 'never'>(value, ['when-offered', 'never'], 'chipAuthentication'),
    ),
    ...optional('maxFileLength', fields.maxFileLength, (value) => whole(value, 'maxFileLength', largestFile)),
    ...optional('activeAuthentication', fields.challenge, (value) => ({ challenge: challengeOf(value) })),
  }
  return markPersonal(options, 'TracedOptions')
}

function candidateOf(value: unknown): AccessCandidate {
  const fields = fieldsOf(value, 'access')
  const protocol = oneOf(fields.protocol, ['PACE', 'BAC'], 'access.protocol')
  const password = oneOf(fields.password, ['CAN', 'MRZ', 'PIN', 'PUK'], 'access.password')
  if (password !== 'MRZ') {
    if (protocol === 'BAC') throw invalid('access.password')
    const value = text(fields.value, 'access.value', maxPassword)
    if (password !== 'PIN') return { protocol, password, value }
    return { protocol, password, value, ...optional('can', fields.can, (can) => text(can, 'access.can', maxPassword)) }
  }
  const key = (name: string): string => text(fields[name], `access.${name}`, maxPassword)
  return {
    protocol,
    password,
    documentNumber: key('documentNumber'),
    dateOfBirth: key('dateOfBirth'),
    dateOfExpiry: key('dateOfExpiry'),
  }
}

function flag(value: unknown, field: string): boolean {
  if (typeof value !== 'boolean') throw invalid(field)
  return value
}

function challengeOf(value: Fields[string]): Uint8Array {
  if (!(value instanceof Uint8Array) || value.length !== 8) throw invalid('challenge')
  return value
}
