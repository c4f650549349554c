import { exitCodes, run } from '@cccd/cli'
import { qrImage } from '@cccd/simulator'
import { describe, expect, it } from 'vitest'
import { readVector, sharedVectors, vectorPath } from '../../../test-vectors/shared.js'
import { testIo } from './testIo.js'

const payload = '001090000123|012345678|Nguyễn Văn Thử|15081990|Nam|Số 1 Phố Mẫu, Quận Mẫu, Hà Nội|20052021'
const secrets = ['001090000123', '090000123', '000123', '012345678', 'Nguyễn', 'Thử', '1990', 'Phố Mẫu', '2030-08-15']

describe('cccd qr', () => {
  it('masks everything personal unless told otherwise, as text and as JSON', async () => {
    for (const flags of [[], ['--json'], ['--lang', 'vi']]) {
      const io = testIo()
      expect(await run(['qr', payload, ...flags], io)).toBe(exitCodes.ok)
      for (const secret of secrets) expect(io.out() + io.err()).not.toContain(secret)
    }
  })

  it('shows fields, access and findings with --reveal', async () => {
    const io = testIo()
    expect(await run(['qr', payload, '--reveal', '--json'], io)).toBe(exitCodes.ok)
    expect(JSON.parse(io.out())).toMatchObject({
      command: 'qr',
      masked: false,
      fields: { personalNumber: '001090000123', fullName: 'Nguyễn Văn Thử', dateOfBirth: '1990-08-15' },
      birthPlace: { name: 'Hà Nội' },
      expiryCandidates: [{ dateOfExpiry: '2030-08-15' }],
      access: [{ protocol: 'PACE', password: 'CAN', can: '000123' }, { password: 'MRZ' }, { protocol: 'BAC' }],
      exitCode: 0,
    })
  })

  it('speaks Vietnamese, with and without diacritics', async () => {
    const io = testIo({ env: { LANG: 'vi_VN.UTF-8' } })
    await run(['qr', payload, '--reveal'], io)
    expect(io.out()).toContain('họ và tên')
    expect(io.out()).toContain('Nguyễn Văn Thử')
    const plain = testIo({ env: { LC_ALL: 'vi_VN' } })
    await run(['qr', payload, '--reveal'], plain)
    expect(plain.out()).toContain('ho va ten')
    expect(plain.out()).toMatch(/^[\n\r\t -~]*$/)
  })

  it('reads payload and image from standard input', async () => {
    for (const stdin of [payload, qrImage(payload)]) {
      const io = testIo({ stdin })
      expect(await run(['qr', '-', '--reveal'], io)).toBe(exitCodes.ok)
      expect(io.out()).toContain('001090000123')
    }
  })

  it('ends with 65 for what is no card, 64 for a file that is not there, and repeats neither', async () => {
    const io = testIo()
    expect(await run(['qr', '001090000123|x|y'], io)).toBe(exitCodes.badData)
    expect(io.err()).toContain('QR_FIELD_COUNT')
    expect(io.err()).not.toContain('001090000123')
    expect(await run(['qr', 'no-such-file.png'], testIo())).toBe(exitCodes.usage)
    expect(await run(['qr', 'https'], testIo())).toBe(exitCodes.badData)
  })

  describe.skipIf(sharedVectors === undefined)('from published images', () => {
    it('finds the code in a rotated picture', async () => {
      const index = JSON.parse(new TextDecoder().decode(readVector('qr', 'index.json'))) as unknown
      expect(index).toBeTruthy()
      const io = testIo()
      const { readdirSync } = await import('node:fs')
      const rotated = readdirSync(vectorPath('qr')).find((name) => /rot/.test(name))
      expect(rotated).toBeDefined()
      expect(await run(['qr', vectorPath('qr', rotated as string), '--json'], io)).toBe(exitCodes.ok)
    })
  })
})
