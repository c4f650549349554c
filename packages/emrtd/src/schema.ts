const bytes = { type: 'string', pattern: '^[A-Za-z0-9_-]*$', description: 'base64url without padding' } as const
const statusWord = { type: 'integer', minimum: 0, maximum: 65_535 } as const
const identifier = { type: 'string', maxLength: 128 } as const
const keyNumber = { type: 'integer', minimum: 0, maximum: 2_147_483_647 } as const
const fileName = { pattern: '^(CardAccess|CardSecurity|COM|SOD|DG([1-9]|1[0-6]))$' } as const
const protocol = { enum: ['PACE', 'BAC'] } as const
const password = { enum: ['CAN', 'MRZ', 'PIN', 'PUK'] } as const
const length = { type: 'integer', minimum: 0, maximum: 1_000_000 } as const

/**
 * JSON Schema (2020-12) of the form that `encodeReading` writes. Members of other names are left out by `decodeReading`, so that a
 * newer writer and an older reader understand each other.
 */
export const readingSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'ChipReading',
  description: 'What a chip gave, judged by nobody: files as sent, how it was opened, what it refused. Personal data in clear.',
  type: 'object',
  required: ['version', 'readAt', 'files', 'fileStatus', 'timing'],
  properties: {
    version: { const: 1 },
    readAt: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z$' },
    files: { type: 'object', propertyNames: fileName, additionalProperties: bytes },
    fileStatus: {
      type: 'object',
      propertyNames: fileName,
      additionalProperties: {
        type: 'object',
        required: ['status'],
        properties: {
          status: { enum: ['read', 'access-denied', 'not-found', 'not-asked', 'withheld', 'failed'] },
          sw: statusWord,
        },
      },
    },
    access: {
      type: 'object',
      required: ['protocol', 'password', 'candidate', 'cipher', 'cardAccess', 'offered', 'refused'],
      properties: {
        protocol,
        password,
        candidate: { type: 'integer', minimum: 0, maximum: 64 },
        oid: identifier,
        parameterId: keyNumber,
        explicitParameters: { const: true },
        deprecatedParameters: { const: true },
        mapping: { enum: ['GM', 'IM', 'CAM'] },
        cipher: { enum: ['3DES', 'AES-128', 'AES-192', 'AES-256'] },
        cardAccess: { enum: ['read', 'read-directly', 'built-in', 'not-read'] },
        offered: { type: 'array', maxItems: 64, items: identifier },
        refused: {
          type: 'array',
          maxItems: 64,
          items: {
            type: 'object',
            required: ['protocol', 'password', 'reason'],
            properties: { protocol, password, sw: statusWord, reason: identifier },
          },
        },
      },
    },
    chipAuthentication: {
      type: 'object',
      required: ['status'],
      properties: {
        status: { enum: ['performed', 'failed', 'not-offered', 'not-asked'] },
        oid: identifier,
        keyId: keyNumber,
        sw: statusWord,
        reason: identifier,
      },
    },
    activeAuthentication: {
      type: 'object',
      required: ['challenge', 'sw'],
      properties: { challenge: bytes, response: bytes, sw: statusWord },
    },
    answerToReset: bytes,
    limits: {
      type: 'object',
      required: ['maxCommandLength', 'maxResponseLength'],
      properties: { maxCommandLength: length, maxResponseLength: length },
    },
    masterFiles: { type: 'object', properties: { 'ATR/INFO': bytes, DIR: bytes } },
    chipLimits: {
      type: 'object',
      properties: {
        shortFileIdentifiers: { type: 'boolean' },
        answerLength: { type: 'integer', minimum: 0, maximum: 65_536 },
        refusesExtended: { type: 'boolean' },
        largestBlock: { type: 'integer', minimum: 0, maximum: 65_536 },
        headerFirst: { type: 'boolean' },
      },
    },
    timing: {
      type: 'array',
      maxItems: 256,
      items: {
        type: 'object',
        required: ['step', 'ms'],
        properties: { step: identifier, file: { type: 'string', ...fileName }, ms: { type: 'number', minimum: 0 } },
      },
    },
  },
} as const
