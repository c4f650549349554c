import { decodeHex } from '@cccd/core'
import { decodeCommand, describeCommand } from '@cccd/iso7816'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const of = (apdu: string, options = {}) => describeCommand(decodeCommand(decodeHex(apdu.replaceAll(' ', ''))), options)

describe('describeCommand', () => {
  it('names what Doc 9303 names', () => {
    expect(of('00 A4 04 0C 07 A0000002471001')).toEqual({ phase: 'select', instruction: 'SELECT', object: 'LDS1 application' })
    expect(of('00 A4 00 0C 02 3F00')).toMatchObject({ object: 'MF' })
    expect(of('00 A4 00 0C')).toMatchObject({ object: 'MF' })
    expect(of('00 A4 02 0C 02 011C', { application: 'master' })).toMatchObject({ object: 'EF.CardAccess' })
    expect(of('00 A4 02 0C 02 011D')).toMatchObject({ object: 'EF.SOD' })
    expect(of('00 A4 02 0C 02 0999')).toMatchObject({ object: '0999' })
    expect(of('00 B0 9D 00 DF')).toEqual({ phase: 'read', instruction: 'READ BINARY', object: 'EF.SOD', offset: 0, le: 223 })
    expect(of('00 B0 9C 00 00', { application: 'master' })).toMatchObject({ object: 'EF.CardAccess', le: 256 })
    expect(of('00 B0 81 00 00', { application: 'master' })).toMatchObject({ object: 'EF.ATR/INFO' })
    expect(of('00 B0 82 00 00')).toMatchObject({ object: 'EF.DG2' })
    expect(of('00 B0 12 34 10')).toEqual({ phase: 'read', instruction: 'READ BINARY', offset: 0x1234, le: 16 })
    expect(of('00 B1 00 00 05 5403018000 E4')).toMatchObject({ phase: 'read', offset: 0x18000 })
    expect(of('00 22 C1 A4 03 830102')).toMatchObject({ phase: 'pace', detail: 'Set AT' })
    expect(of('10 86 00 00 02 7C00 00')).toMatchObject({ phase: 'pace', detail: 'get nonce' })
    expect(of('10 86 00 00 05 7C03810104 00')).toMatchObject({ phase: 'pace', detail: 'map nonce' })
    expect(of('00 86 00 00 05 7C03850101 00')).toMatchObject({ phase: 'pace', detail: 'mutual authentication' })
    expect(of('00 86 00 00 05 7C03800104 00', { protected: true })).toMatchObject({ phase: 'chip-authentication' })
    expect(of('0C 22 41 A6 0A 8E08 0000000000000000 00')).toMatchObject({ phase: 'chip-authentication', detail: 'Set KAT' })
    expect(of('00 84 00 00 08')).toEqual({ phase: 'bac', instruction: 'GET CHALLENGE', le: 8 })
    expect(of('00 88 00 00 08 0102030405060708 00')).toMatchObject({ phase: 'active-authentication' })
    expect(of('FF CA 00 00 00')).toEqual({ phase: 'other', instruction: 'GET DATA', le: 256 })
    expect(of('00 5A 00 00')).toEqual({ phase: 'other', instruction: 'INS 5A' })
  })

  it('takes any command', () => {
    const byte = fc.nat(255)
    fc.assert(
      fc.property(byte, byte, byte, byte, fc.uint8Array({ maxLength: 40 }), (cla, ins, p1, p2, data) => {
        expect(describeCommand({ cla, ins, p1, p2, data }).instruction).not.toBe('')
      }),
    )
  })
})
