import { encodeBase64, encodeUtf8 } from '@cccd/core'
import { createTrustStore, parseMasterList } from '@cccd/pki'
import { readLdif, readTrustFile } from '@cccd/pki/trust'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readVector, sharedVectors } from '../../../test-vectors/shared.js'
import { country, makeCountry } from './demoCountry.js'
import { revocationList } from './revocationIssuer.js'

const { csca, cscaKey, signer } = await makeCountry()
const crl = await revocationList({ issuer: country.csca, key: cscaKey, revoked: [] })

/** A value as directories write it: base64, folded after 76 characters. */
function folded(attribute: string, value: Uint8Array, eol: string): string {
  const text = `${attribute}:: ${encodeBase64(value)}`
  return [text.slice(0, 76), ...(text.slice(76).match(/.{1,75}/g) ?? []).map((part) => ` ${part}`)].join(eol)
}

function ldif(values: readonly (readonly [string, Uint8Array])[], eol = '\n'): Uint8Array {
  const records = values.map(([attribute, value], index) =>
    [`dn: cn=${index},o=dsc,c=XU,dc=data`, 'objectClass: top', folded(attribute, value, eol)].join(eol),
  )
  return encodeUtf8([`# a directory${eol} of many`, 'version: 1', '', ...records.flatMap((record) => [record, ''])].join(eol))
}

const sorted = (list: readonly Uint8Array[]): string[] => list.map(encodeBase64).sort()

describe('LDIF', () => {
  it.each(['\n', '\r\n'])('finds authorities, signers and revocation lists by their attributes (line end %j)', (eol) => {
    const found = readTrustFile(
      ldif(
        [
          ['cACertificate;binary', csca],
          ['USERCERTIFICATE;BINARY', signer],
          ['certificateRevocationList;binary', crl],
          ['jpegPhoto', Uint8Array.of(1)],
        ],
        eol,
      ),
      'pkd.ldif',
    )
    expect(found.anchors).toEqual([{ certificate: csca, source: 'pkd.ldif' }])
    expect(found.certificates).toEqual([{ certificate: signer, source: 'pkd.ldif' }])
    expect(found.revocationLists).toEqual([{ bytes: crl, source: 'pkd.ldif' }])
  })

  it('takes what a change record adds or puts in, and nothing that it deletes', () => {
    const value = (bytes: Uint8Array): string => `userCertificate;binary:: ${encodeBase64(bytes)}`
    const text = [
      'dn: c=XU',
      'control: 1.2.3 true',
      'changetype: modify',
      'delete: userCertificate;binary',
      value(signer),
      '-',
      'replace: userCertificate;binary',
      value(csca),
      '-',
      '',
      'dn: c=XV',
      'changetype: delete',
    ].join('\n')
    expect([...readLdif(encodeUtf8(text))].map(({ change, values, line }) => [line, change, values.length])).toEqual([
      [1, 'modify', 1],
      [11, 'delete', 0],
    ])
    expect(readTrustFile(encodeUtf8(text), 'x').anchors).toHaveLength(1)
  })

  it.each([
    ['a continuation of nothing', ' abc'],
    ['no name', 'version: 1\n\ncn: x'],
    ['another version', 'version: 2\n\ndn: x'],
    ['no attribute', 'dn: x\nnothing'],
    ['no base64', 'dn: x\nuserCertificate:: ?'],
    ['an address', 'dn: x\nuserCertificate:< file:///etc/passwd'],
    ['an unknown change', 'dn: x\nchangetype: destroy'],
    ['an unknown modification', 'dn: x\nchangetype: modify\nincrement: a'],
    ['a mark outside a modification', 'dn: x\n-'],
  ])('refuses %s with the number of its line', (_, text) => {
    expect(() => [...readLdif(encodeUtf8(text))]).toThrow(
      expect.objectContaining({ code: 'PKI_BAD_LDIF', params: { line: expect.any(Number) } }),
    )
  })

  it('only coded errors for any text', () => {
    const part = fc.constantFrom('dn:', ' x', '\n', '\r\n', ':', ':: QUI=', '#', 'changetype: modify', 'add: a', '-', 'a;b', '<')
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        try {
          for (const entry of readLdif(encodeUtf8(parts.join('')))) expect(entry.line).toBeGreaterThan(0)
        } catch (error) {
          expect(error).toMatchObject({ code: 'PKI_BAD_LDIF' })
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('a hundred megabytes of records end in seconds, with the memory of one record', () => {
    const record = encodeUtf8(`dn: c=XU\nuserCertificate;binary:: ${'QUFB'.repeat(50_000)}\n\n`)
    const bytes = new Uint8Array(record.length * 500)
    for (let at = 0; at < bytes.length; at += record.length) bytes.set(record, at)
    let records = 0
    for (const { values } of readLdif(bytes)) records += values.length
    expect(records).toBe(500)
  })

  it.skipIf(sharedVectors === undefined)('made from the lists loads to the same set', async () => {
    for (const name of ['DE_ML_2026-05-28-08-28-45.ml', 'IT_MasterListCSCA_2023-07-31.ml']) {
      const bytes = readVector('masterlists', name)
      const { certificates } = parseMasterList(bytes)
      const store = await createTrustStore({ masterLists: [{ bytes }] })
      for (const attribute of ['pkdMasterListContent', 'CscaMasterListData;binary']) {
        const again = await createTrustStore(readTrustFile(ldif([[attribute, bytes]]), 'ml.ldif'))
        expect(again.digest).toBe(store.digest)
      }
      const single = readTrustFile(ldif(certificates.map((value) => ['userCertificate;binary', value] as const)), 'all.ldif')
      const all = [
        ...single.anchors.map(({ certificate }) => certificate),
        ...single.certificates.map(({ certificate }) => certificate),
      ]
      expect(sorted(all)).toEqual(sorted(certificates))
      // Links and signers of lists are kept, and are no anchors.
      const standings = await Promise.all(store.anchors.map((anchor) => store.standingOf(anchor)))
      expect(single.anchors.length).toBe(standings.filter(({ type }) => type === 'self-signed').length)
    }
  })
})
