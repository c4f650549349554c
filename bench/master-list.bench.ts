import 'reflect-metadata'
import { encodeHex } from '@cccd/core'
import { createTrustStore, parseCertificate, parseMasterList } from '@cccd/pki'
import { X509Certificate } from '@peculiar/x509'
import forge from 'node-forge'
import * as pkijs from 'pkijs'
import { readVector, sharedVectors } from '../test-vectors/shared.js'
import { median, table, timed } from './table.js'

// The German master list, lazily (an issuer can be found) and fully (subject, issuer, validity, key, key identifiers and
// extensions of every certificate). Each library parses what it can; what it refuses is counted, not hidden.

interface Contender {
  readonly name: string
  /** An index by subject key identifier; how many certificates are in it. */
  readonly index: (list: Uint8Array, certificates: readonly Uint8Array[]) => Promise<number> | number
  /** How many certificates gave all of it. */
  readonly full: (list: Uint8Array, certificates: readonly Uint8Array[]) => Promise<number> | number
}

const extensionCount = { value: 0 }

function parsedBy(certificates: readonly Uint8Array[], read: (der: Uint8Array) => void): number {
  let parsed = 0
  for (const der of certificates) {
    try {
      read(der)
      parsed++
    } catch {
      // refused by this library: shown as the difference in the column "parsed"
    }
  }
  return parsed
}

const forgeAsn1 = (der: Uint8Array): forge.asn1.Asn1 => forge.asn1.fromDer(forge.util.createBuffer(new Uint8Array(der)))

const contenders: readonly Contender[] = [
  {
    name: '@cccd/pki',
    index: async (list) => {
      const { certificates } = parseMasterList(list)
      return (await createTrustStore({ anchors: certificates.map((certificate) => ({ certificate })) })).size
    },
    full: (list) =>
      parsedBy(parseMasterList(list).certificates, (der) => {
        const certificate = parseCertificate(der)
        const { subject, issuer, notBefore, notAfter, publicKey, keyIdentifier, authorityKeyIdentifier, extensions } = certificate
        if (subject.text === '' || issuer.text === '' || notBefore > notAfter || publicKey.type === undefined) throw new Error()
        extensionCount.value += extensions.length + (keyIdentifier?.length ?? 0) + (authorityKeyIdentifier?.length ?? 0)
      }),
  },
  {
    name: 'node-forge',
    index: (_, certificates) => {
      const index = new Map<string, unknown>()
      return parsedBy(certificates, (der) => {
        const certificate = forge.pki.certificateFromAsn1(forgeAsn1(der))
        index.set(
          String(
            (certificate.getExtension('subjectKeyIdentifier') as { subjectKeyIdentifier?: string } | null)?.subjectKeyIdentifier,
          ),
          certificate,
        )
      })
    },
    full: (_, certificates) =>
      parsedBy(certificates, (der) => {
        const { subject, issuer, validity, publicKey, extensions } = forge.pki.certificateFromAsn1(forgeAsn1(der))
        if (subject === undefined || issuer === undefined || validity.notBefore > validity.notAfter || publicKey === undefined)
          throw new Error()
        extensionCount.value += extensions.length
      }),
  },
  {
    name: '@peculiar/x509',
    index: (_, certificates) => {
      const index = new Map<string, unknown>()
      return parsedBy(certificates, (der) => {
        const certificate = new X509Certificate(der.slice())
        index.set(certificate.getExtension('2.5.29.14')?.rawData.byteLength.toString() ?? '', certificate)
      })
    },
    full: (_, certificates) =>
      parsedBy(certificates, (der) => {
        const { subject, issuer, notBefore, notAfter, publicKey, extensions } = new X509Certificate(der.slice())
        if (subject === '' || issuer === '' || notBefore > notAfter || publicKey.rawData.byteLength === 0) throw new Error()
        extensionCount.value += extensions.length
      }),
  },
  {
    name: 'pkijs',
    index: (_, certificates) => {
      const index = new Map<string, unknown>()
      return parsedBy(certificates, (der) => {
        const certificate = pkijs.Certificate.fromBER(der.slice())
        const identifier = certificate.extensions?.find(({ extnID }) => extnID === '2.5.29.14')
        index.set(
          identifier === undefined ? '' : encodeHex(new Uint8Array(identifier.extnValue.valueBlock.valueHexView)),
          certificate,
        )
      })
    },
    full: (_, certificates) =>
      parsedBy(certificates, (der) => {
        const { subject, issuer, notBefore, notAfter, subjectPublicKeyInfo, extensions } = pkijs.Certificate.fromBER(der.slice())
        if (subject.typesAndValues.length === 0 || issuer === undefined || notBefore.value > notAfter.value) throw new Error()
        if (subjectPublicKeyInfo.algorithm.algorithmId === '') throw new Error()
        for (const { parsedValue } of extensions ?? []) if (parsedValue !== undefined) extensionCount.value++
      }),
  },
]

if (sharedVectors === undefined) console.log('master list: skipped, the vectors are not here (CCCD_VECTORS)')
else {
  const list = readVector('masterlists', 'DE_ML_2026-05-28-08-28-45.ml')
  const certificates = parseMasterList(list).certificates.map((der) => der.slice())
  for (const mode of ['index', 'full'] as const) {
    const samples = contenders.map(() => [] as number[])
    const counts = contenders.map(() => 0)
    for (let run = 0; run < 8; run++)
      for (const [position, contender] of contenders.entries()) {
        const ms = await timed(async () => {
          counts[position] = await contender[mode](list, certificates)
        })
        if (run > 0) samples[position]?.push(ms)
      }
    const own = median(samples[0] ?? [])
    table(
      mode === 'index'
        ? `German list, ${certificates.length} certificates, lazily: until an issuer can be found (ours splits the list itself, the others get its certificates)`
        : 'German list, fully: subject, issuer, validity, key, key identifiers, extensions',
      [
        ['library', 'parsed', 'median ms', 'times ours'],
        ...contenders.map(({ name }, position) => {
          const ms = median(samples[position] ?? [])
          return [name, String(counts[position]), ms.toFixed(1), (ms / own).toFixed(1)]
        }),
      ],
    )
  }
}
