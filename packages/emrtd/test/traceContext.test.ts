import { decodeJson, encodeJson } from '@cccd/core'
import { accessFromMrz, accessFromPin, accessFromPuk, accessFromQr, parseTraceContext, traceContext } from '@cccd/emrtd'
import { describe, expect, it } from 'vitest'

const access = [
  ...accessFromPin('123456', { can: '500540' }),
  ...accessFromPuk('1234567890'),
  ...accessFromQr({ personalNumber: '001099000001', dateOfBirth: '1999-01-02', issueDate: '2021-05-06' }),
  ...accessFromMrz({ documentNumber: 'L898902C3', dateOfBirth: '1974-08-12', dateOfExpiry: '2032-04-15' }),
]

describe('traceContext', () => {
  it('keeps what a read needs to run again', () => {
    const options = {
      access,
      files: ['DG1', 'DG13'],
      allowBac: true,
      chipAuthentication: 'never',
      maxFileLength: 70_000,
      activeAuthentication: { challenge: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) },
    } as const
    expect(parseTraceContext(decodeJson(encodeJson(traceContext(options))))).toEqual(options)
    expect(parseTraceContext(decodeJson(encodeJson(traceContext({ access }))))).toEqual({ access })
  })

  it('refuses anything else, and names the field alone', () => {
    const good = { kind: 'chip-reading', access: [{ protocol: 'PACE', password: 'CAN', value: '123456' }] }
    const wrong: [string, object][] = [
      ['kind', { ...good, kind: 'something' }],
      ['access', { ...good, access: [] }],
      ['access.protocol', { ...good, access: [{ protocol: 'EAC', password: 'CAN', value: '123456' }] }],
      ['access.password', { ...good, access: [{ protocol: 'BAC', password: 'CAN', value: '123456' }] }],
      ['access.documentNumber', { ...good, access: [{ protocol: 'BAC', password: 'MRZ' }] }],
      ['files', { ...good, files: ['DG17'] }],
      ['allowBac', { ...good, allowBac: 'yes' }],
      ['chipAuthentication', { ...good, chipAuthentication: 'always' }],
      ['challenge', { ...good, challenge: Uint8Array.of(1) }],
    ]
    for (const [field, context] of wrong)
      expect(() => parseTraceContext(decodeJson(encodeJson(context))), field).toThrow(
        expect.objectContaining({ code: 'EMRTD_READING_INVALID', params: { field } }),
      )
    expect(() => parseTraceContext(undefined)).toThrow(expect.objectContaining({ code: 'EMRTD_READING_INVALID' }))
  })
})
