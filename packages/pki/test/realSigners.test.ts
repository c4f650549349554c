import { checkOf, decodeHex, parseTlv } from '@cccd/core'
import type { HashAlgorithm } from '@cccd/crypto'
import { defaultCrypto } from '@cccd/crypto/default'
import {
  certificateFingerprint,
  createTrustStore,
  parseCertificate,
  parseSignedData,
  verifyChain,
  verifySignature,
  verifySignedData,
} from '@cccd/pki'
import { describe, expect, it } from 'vitest'
import { readVector, readVectorJson, sharedVectors, vectorFiles } from '../../../test-vectors/shared.js'
import { readAlgorithmIdentifier } from '../src/algorithms/AlgorithmIdentifier.js'
import { backends } from './backends.js'

interface RealSigner {
  country: string
  file_kind: string
  digestAlgorithm: HashAlgorithm
  signatureAlgorithm_der: string
  signedAttrs_der: string
  signature: string
  dsc_file: string
  expect_chain_csca_sha256: string[]
}

const cscas = (): Promise<Awaited<ReturnType<typeof createTrustStore>>> =>
  createTrustStore({
    anchors: vectorFiles('sod', 'csca_for_real_dsc').map((source) => ({
      certificate: readVector('sod', 'csca_for_real_dsc', source),
      source,
    })),
  })

describe.skipIf(sharedVectors === undefined)('real signers', () => {
  it.each(backends)('all 18 SignerInfos verify and chain to their CSCA ($name)', async ({ crypto }) => {
    const { vectors } = readVectorJson<{ vectors: RealSigner[] }>('sod', 'real_signerinfos.json')
    expect(vectors).toHaveLength(18)
    const trust = await cscas()
    expect(trust.size).toBe(27)
    for (const vector of vectors) {
      const signer = parseCertificate(readVector('sod', 'dsc_real', vector.dsc_file))
      const verdict = await verifySignature({
        key: async () => crypto.importPublicKey(signer.publicKey),
        algorithm: readAlgorithmIdentifier(parseTlv(decodeHex(vector.signatureAlgorithm_der))),
        digest: vector.digestAlgorithm,
        message: decodeHex(vector.signedAttrs_der),
        signature: decodeHex(vector.signature),
      })
      expect(verdict, vector.dsc_file).toMatchObject({ status: 'passed' })
      const result = await verifyChain({
        signer,
        trust,
        at: signer.notAfter,
        crypto,
        document: { country: vector.country, type: signer.documentTypes?.[0] ?? 'P' },
      })
      expect(checkOf(result, 'chain.csca'), vector.dsc_file).toMatchObject({
        status: 'passed',
        data: { matched: 'key-identifier' },
      })
      const sources = checkOf(result, 'chain.csca').data?.sources as string[]
      const fingerprint = certificateFingerprint(
        { raw: readVector('sod', 'csca_for_real_dsc', sources[0] as string) },
        defaultCrypto(),
      )
      expect(vector.expect_chain_csca_sha256).toContain(fingerprint.slice(0, 16))
    }
  })

  it('vouch for no document that their certificate does not name', async () => {
    const signer = parseCertificate(readVector('sod', 'dsc_real', 'dsc_FI_18f91212.der'))
    const trust = await cscas()
    const outcome = async (type?: string) => {
      const document = { country: 'FIN', ...(type !== undefined && { type }) }
      return checkOf(await verifyChain({ signer, trust, at: signer.notAfter, document }), 'chain.csca')
    }
    expect(signer.documentTypes).toEqual(['I'])
    expect(await outcome('ID')).toMatchObject({ status: 'passed' })
    expect(await outcome('P')).toMatchObject({ status: 'failed', reason: 'document-type' })
    expect(await outcome()).toMatchObject({ status: 'inconclusive', reason: 'anchor-scope' })
  })

  it('flags what is weak in them', async () => {
    const trust = await cscas()
    const signer = parseCertificate(readVector('sod', 'dsc_real', 'dsc_RU_8c03627f.der'))
    const { findings } = await verifyChain({ signer, trust, at: '2014-01-01' })
    expect(findings).toContainEqual(expect.objectContaining({ code: 'weak-hash', field: 'signer' }))
  })

  it('finds the GB CSCA although issuer and subject are written in another case', async () => {
    const trust = await cscas()
    const signer = parseCertificate(readVector('sod', 'dsc_real', 'dsc_gb_b0de2099.der'))
    expect(signer.issuer.text).toContain('C=gb')
    expect(signer.country).toBe('GB')
    const { checks, findings } = await verifyChain({ signer, trust, at: '2014-01-01', document: { country: 'GBR', type: 'P' } })
    expect(checkOf({ checks }, 'chain.csca').status).toBe('passed')
    expect(findings).toEqual([])
  })

  it.each(backends)('the CardSecurity files verify, the mutated one fails ($name)', async ({ crypto }) => {
    const results: Record<string, unknown> = {}
    for (const file of vectorFiles('sod', 'cardsecurity')) {
      const { status, reason } = await verifySignedData(parseSignedData(readVector('sod', 'cardsecurity', file)), { crypto })
      results[file] = reason ?? status
    }
    expect(results).toEqual({
      'cardsecurity_DE_d3f37b36.bin': 'passed',
      'cardsecurity_FI_ff37db85.bin': 'passed',
      'cardsecurity_DE_mutated_eContentType_f7ed526e.bin': 'content-type-differs',
    })
  })

  it.each([
    ['bsi_tr03105_5_hjp', '2014-06-01', 'rsa-pss', []],
    ['bsi2008_bdr_sha1', '2008-06-01', 'ecdsa', ['weak-hash']],
  ])('%s: signature, signer validity, no anchor', async (folder, at, type, weak) => {
    const trust = await createTrustStore({ masterLists: [{ bytes: readVector('masterlists', 'DE_ML_2026-05-28-08-28-45.ml') }] })
    const sod = parseTlv(readVector('lds', folder, 'EF_SOD.bin'), { tag: 0x77 }).value
    const { status, signers, findings } = await verifySignedData(parseSignedData(sod))
    expect(status).toBe('passed')
    expect(signers).toMatchObject([{ status: 'passed', scheme: { type } }])
    expect(findings.map(({ code }) => code)).toEqual(weak)
    const signer = signers[0]?.certificate
    if (signer === undefined) throw new Error('signer has a certificate')
    const { checks } = await verifyChain({ signer, trust, at, document: { country: 'D', type: 'P' } })
    expect(checkOf({ checks }, 'chain.csca')).toMatchObject({ status: 'inconclusive', reason: 'no-trust-anchor' })
    expect(checkOf({ checks }, 'chain.validity-now').status).toBe('passed')
    expect(checkOf({ checks }, 'signer.pinned')).toMatchObject({ status: 'not-performed' })
  })
})
