import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkOf } from '@cccd/core'
import { defaultCrypto } from '@cccd/crypto/default'
import { certificateFingerprint, createTrustStore, verifyChain } from '@cccd/pki'
import { readPinFile, updatePinFile } from '@cccd/pki/node'
import { addPinEvent, emptyPinFile, formatPinFile, type PinEvent, type PinFile, parsePinFile, pinsOf } from '@cccd/pki/trust'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { document, makeCountry, read } from './demoCountry.js'

const folder = mkdtempSync(join(tmpdir(), 'cccd-pins-'))
afterAll(() => rmSync(folder, { recursive: true }))

const { signer } = await makeCountry()
const fingerprint = certificateFingerprint({ raw: signer }, defaultCrypto())
const at = '2026-01-01T08:00:00Z'
const ask: PinEvent = { action: 'pin', fingerprint, operator: 'An', at, source: 'two branches compared' }
const confirm: PinEvent = { action: 'pin', fingerprint, operator: 'Bình', at }
const withdraw: PinEvent = { action: 'unpin', fingerprint, operator: 'An', at }
const after = (...events: PinEvent[]): PinFile => events.reduce(addPinEvent, emptyPinFile)

async function outcome(file: PinFile): Promise<string> {
  const trust = await createTrustStore({ pins: pinsOf(file) })
  const { status, reason } = checkOf(await verifyChain({ signer: read(signer), trust, at, document }), 'signer.pinned')
  return reason === undefined ? status : `${status}: ${reason}`
}

const refused = (reason: string) => expect.objectContaining({ code: 'PKI_PIN_REFUSED', params: { reason } })

describe('a pin file', () => {
  it('takes two operators; who withdraws needs nobody; after that it takes two again', async () => {
    expect(await outcome(after(ask))).toBe('inconclusive: not-confirmed')
    expect(await outcome(after(ask, confirm))).toBe('passed')
    expect(await outcome(after(ask, confirm, withdraw))).toBe('failed: pin-withdrawn')
    expect(await outcome(after(ask, confirm, withdraw, ask))).toBe('inconclusive: not-confirmed')
    expect(await outcome(after(ask, confirm, withdraw, ask, confirm))).toBe('passed')
  })

  it('refuses what is not the second confirmation of that very pin', () => {
    for (const operator of ['An', ' an ', 'AN', 'A\u200bn', '\uff21n'])
      expect(() => after(ask, { ...confirm, operator }), operator).toThrow(refused('same-operator'))
    expect(() => after(ask, { ...confirm, source: 'something else' })).toThrow(refused('differs'))
    expect(() => after(ask, { ...confirm, to: '2030-01-01' })).toThrow(refused('differs'))
    expect(() => after(ask, confirm, { ...confirm, operator: 'Chi' })).toThrow(refused('already-confirmed'))
    expect(() => after(confirm)).toThrow(refused('no-source'))
    expect(() => after(withdraw)).toThrow(refused('not-pinned'))
  })

  it('goes to text and back, and refuses a history that breaks the rules', () => {
    const file = after(ask, confirm)
    expect(parsePinFile(formatPinFile(file))).toEqual(file)
    expect(formatPinFile(emptyPinFile)).toContain('"events": []')
    const broken = [
      '',
      '[]',
      '{"format":"cccd-pins","version":2,"events":[]}',
      formatPinFile({ ...file, events: [ask, ask] }),
      formatPinFile({ ...file, events: [confirm] }),
      formatPinFile({ ...file, events: [{ ...ask, fingerprint: 'ab' }] }),
      formatPinFile({ ...file, events: [{ ...ask, at: 'yesterday' }] }),
      formatPinFile({ ...file, events: [{ ...ask, operator: ' ' }] }),
    ]
    for (const text of broken)
      expect(() => parsePinFile(text), text).toThrow(expect.objectContaining({ code: 'PKI_BAD_PIN_FILE' }))
  })

  it('no sequence of commands passes without two different people having the last word', async () => {
    const names = ['an', 'An ', 'A\u200bN', 'binh', 'BINH', 'chi']
    const person = (name: string): string => name.replace('\u200b', '').trim().toLowerCase()
    const command = fc.record({
      action: fc.constantFrom('pin' as const, 'pin' as const, 'unpin' as const),
      operator: fc.constantFrom(...names),
      source: fc.option(fc.constantFrom('x', 'y'), { nil: undefined }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(command, { maxLength: 12 }), async (commands) => {
        let file = emptyPinFile
        const people = new Set<string>()
        for (const { action, operator, source } of commands)
          try {
            file = addPinEvent(file, { action, operator, fingerprint, at, ...(source !== undefined && { source }) })
            if (action === 'unpin') people.clear()
            else people.add(person(operator))
          } catch (error) {
            expect(error).toMatchObject({ code: 'PKI_PIN_REFUSED' })
          }
        expect((await outcome(file)) === 'passed').toBe(people.size >= 2)
      }),
      { numRuns: 300 },
    )
  })

  it('loses no event of writers at once, leaves no lock and no draft, and says when it is locked', async () => {
    const path = join(folder, 'pins.json')
    const prints = Array.from({ length: 12 }, (_, index) => index.toString(16).padStart(64, '0'))
    await Promise.all(prints.map((each) => updatePinFile(path, { ...ask, fingerprint: each })))
    expect((await readPinFile(path)).events.map((event) => event.fingerprint).sort()).toEqual(prints)
    await expect(updatePinFile(path, withdraw)).rejects.toMatchObject({ code: 'PKI_PIN_REFUSED' })
    expect(readdirSync(folder)).toEqual(['pins.json'])
    writeFileSync(join(folder, 'bad.json'), '{')
    await expect(updatePinFile(join(folder, 'bad.json'), ask)).rejects.toMatchObject({ code: 'PKI_BAD_PIN_FILE' })
    expect(readFileSync(join(folder, 'bad.json'), 'utf8')).toBe('{')
    await expect(readPinFile(join(folder, 'absent.json'))).rejects.toMatchObject({ code: 'PKI_PATH_UNREADABLE' })
    writeFileSync(`${path}.lock`, '')
    await expect(updatePinFile(path, ask)).rejects.toMatchObject({ code: 'PKI_PIN_FILE_BUSY' })
  }, 15_000)
})
