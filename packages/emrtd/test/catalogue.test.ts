import { readFileSync } from 'node:fs'
import { CoreError, checkStatuses } from '@cccd/core'
import { PkiError } from '@cccd/pki'
import { describe, expect, it } from 'vitest'
import { catalogueVersion, checkCatalogue, describeCheck, reasonTexts } from '../src/checks.js'
import { checkIds, EmrtdError, emrtdErrorCodes, version } from '../src/index.js'
import { advice, messages } from '../src/messages.js'

const vietnamese = /[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]/i

describe('the catalogue of checks', () => {
  it('has every check and no other', () => {
    expect([...checkCatalogue.keys()].sort()).toEqual([...checkIds].sort())
  })

  it('says something for every check, status and language', () => {
    for (const id of checkIds)
      for (const status of checkStatuses)
        for (const language of ['vi', 'en'] as const) {
          const { title, status: word, meaning, proves, doesNotProve } = describeCheck({ id, status }, language)
          for (const text of [title, word, meaning, proves, doesNotProve]) expect(text.length).toBeGreaterThan(2)
          expect(vietnamese.test(meaning), `${id} ${status}`).toBe(language === 'vi')
        }
  })

  it('says whom a check convinces', () => {
    expect(describeCheck({ id: 'aa.signature', status: 'passed' }, 'vi').convincesThirdParty).toBe(true)
    expect(describeCheck({ id: 'ca.keys', status: 'passed' }, 'vi').convincesThirdParty).toBe(false)
    expect(catalogueVersion).toBe(1)
  })

  it('never turns an unknown check or reason into more than it is', () => {
    const described = describeCheck({ id: 'quantum.proof', status: 'passed', reason: 'constructor' }, 'en')
    expect(described).toMatchObject({ title: 'Unknown check', reason: 'constructor', convincesThirdParty: false })
  })

  it('has a text for every reason that the sources of this package and of pki name', () => {
    const named = new Set<string>()
    for (const file of [
      'activeAuthenticationCheck',
      'documentChecks',
      'hashChecks',
      'liveChecks',
      'onlineConfirmation',
      'securityObjectCheck',
      'verifyReading',
      'verifyActiveAuthentication',
    ]) {
      const source = readFileSync(new URL(`../src/verify/${file}.ts`, import.meta.url), 'utf8')
      const pattern = /'(?:failed|inconclusive|not-performed|not-supported)', '([a-z-]+)'|reason: '([a-z-]+)'/g
      for (const [, first, second] of source.matchAll(pattern)) named.add(first ?? second ?? '')
    }
    for (const file of ['chain/chainReasons', 'cms/verifySignedData', 'certificate/verifySignature']) {
      const source = readFileSync(new URL(`../../pki/src/${file}.ts`, import.meta.url), 'utf8')
      for (const [, union] of source.matchAll(/export type \w*Reason =([^\n]*(?:\n {2}\|[^\n]*)*)/g))
        for (const [, reason] of (union ?? '').matchAll(/'([a-z-]+)'/g)) named.add(reason ?? '')
    }
    expect(named.size).toBeGreaterThan(35)
    expect([...named].filter((reason) => !Object.hasOwn(reasonTexts, reason))).toEqual([])
  })
})

describe('messages', () => {
  it('has a text for every code in both languages', () => {
    expect(Object.keys(messages).sort()).toEqual([...emrtdErrorCodes].sort())
    for (const code of emrtdErrorCodes) {
      const error = new EmrtdError(code, 'test')
      expect(advice(error, 'vi')).toMatch(vietnamese)
      expect(advice(error, 'en')).not.toMatch(vietnamese)
    }
  })

  it('knows the codes of the packages below, and gives way to the caller', () => {
    expect(advice(new PkiError('PKI_BAD_PEM', 'x'), 'en')).toContain('PEM')
    expect(advice(new CoreError('TLV_TRUNCATED', 'x'), 'en')).toContain('cut short')
    expect(advice(new EmrtdError('NOT_VERIFIED', 'x'), 'en', { NOT_VERIFIED: { vi: 'v', en: 'mine' } })).toBe('mine')
  })
})

describe('version', () => {
  it('is that of package.json', () => {
    const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
    expect(manifest).toMatchObject({ version })
  })
})
