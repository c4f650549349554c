import { decodeHex } from '@cccd/core'
import { describe, expect, it } from 'vitest'
import { readVectorJson, sharedVectors } from '../../../test-vectors/shared.js'
import { tryParseQr } from '../src/index.js'

interface Payload {
  id: string
  payload: string
  utf8_hex: string
  raw_hex?: string
  expect: 'valid' | 'invalid' | 'warning'
}

describe.skipIf(sharedVectors === undefined)('shared vectors: vn/qr_payloads.json', () => {
  const payloads = sharedVectors === undefined ? [] : readVectorJson<{ payloads: Payload[] }>('vn', 'qr_payloads.json').payloads

  /** What becomes of a payload, in the words of the vectors. */
  function outcomeOf(payload: string | Uint8Array): { verdict: string; code?: string } {
    const outcome = tryParseQr(payload)
    if (!outcome.ok) return { verdict: 'invalid', code: outcome.error.code }
    const doubts = outcome.findings.filter(({ severity }) => severity !== 'info')
    return doubts.length === 0 ? { verdict: 'valid' } : { verdict: 'warning', code: doubts.map(({ code }) => code).join() }
  }

  it('has 27 payloads, each as it says, as bytes and as text', () => {
    console.log(`QR payloads found: ${payloads.length}`)
    expect(payloads).toHaveLength(27)
    for (const { id, payload, utf8_hex, raw_hex, expect: verdict } of payloads) {
      expect(outcomeOf(decodeHex(raw_hex ?? utf8_hex)).verdict, id).toBe(verdict)
      if (raw_hex === undefined) expect(outcomeOf(payload).verdict, id).toBe(verdict)
    }
  })

  it('refuses and doubts for the right reason', () => {
    const reasons = payloads
      .filter(({ expect: verdict }) => verdict !== 'valid')
      .map(({ id, utf8_hex, raw_hex }) => [id, outcomeOf(decodeHex(raw_hex ?? utf8_hex)).code])
    expect(Object.fromEntries(reasons)).toEqual({
      bad_6: 'QR_FIELD_COUNT',
      bad_id11: 'QR_PERSONAL_NUMBER',
      bad_id_alpha: 'QR_PERSONAL_NUMBER',
      bad_dob: 'QR_DATE_OF_BIRTH',
      bad_dob_iso: 'QR_DATE_OF_BIRTH',
      bad_sex: 'QR_SEX',
      bad_url: 'QR_NOT_A_CARD',
      bad_empty: 'QR_EMPTY',
      bad_seps: 'QR_NOT_A_CARD',
      bad_old8: 'QR_PREVIOUS_ID_NUMBER',
      bad_nul: 'QR_CONTROL_CHARACTER',
      mismatch_sex_digit: 'sex-differs-from-number',
      mismatch_year: 'birth-year-differs-from-number',
      legacy_cmnd: 'QR_FIELD_COUNT',
      vneid_like: 'QR_NOT_A_CARD',
      invalid_utf8: 'QR_ENCODING',
    })
  })

  it('gives the same person for every way a scanner writes the first payload', () => {
    const [first, ...others] = ['q7_0', 'q7_cr', 'q7_crlf', 'q7_bom', 'q7_nfd'].map((id) => {
      const outcome = tryParseQr(decodeHex(payloads.find((one) => one.id === id)?.utf8_hex ?? ''))
      return outcome.ok ? { ...outcome.value, findings: [] } : undefined
    })
    expect(first).toBeDefined()
    for (const other of others) expect(other).toEqual(first)
  })
})
