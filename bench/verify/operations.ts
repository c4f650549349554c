import { concatBytes, equalBytes, parseTlv } from '@cccd/core'
import { type CryptoPort, type PublicKey, recoverIso9796_2 } from '@cccd/crypto'
import { type ChipReading, dataGroupName, parseDg15, parseSecurityObject, verifyReading } from '@cccd/emrtd'
import { createTrustStore, parseCertificate, parseSignedData, type TrustStore, verifyChain, verifySignedData } from '@cccd/pki'
import { at, challenge, type DemoReadings } from './demoReadings.js'

/** The inputs of the bare operations, taken out of a reading beforehand. */
type Prepared = ReturnType<typeof prepared>

function prepared(reading: ChipReading) {
  const { SOD, DG15 } = reading.files
  if (SOD === undefined || DG15 === undefined || reading.activeAuthentication?.response === undefined)
    throw new Error('the reading is not whole')
  const signedData = parseSignedData(parseTlv(SOD).value)
  const [signer] = signedData.signers
  const [der] = signedData.certificates
  if (signer?.signedAttributes === undefined || der === undefined || signedData.content === undefined)
    throw new Error('the security object is not whole')
  const certificate = parseCertificate(der)
  return {
    attributes: concatBytes(Uint8Array.of(0x31), signer.signedAttributes.raw.subarray(1)),
    signature: signer.signature,
    content: signedData.content,
    certificate: { tbs: certificate.tbs, signature: certificate.signature, publicKey: certificate.publicKey },
    aaKey: parseDg15(DG15).publicKey,
    aaResponse: reading.activeAuthentication.response,
    groups: Object.entries(reading.files)
      .filter(([name]) => name.startsWith('DG'))
      .map(([, bytes]) => bytes),
  }
}

/** What both sides of the comparison do, over all readings. */
export interface Operations {
  /** Nothing of a signer is known to the store afterwards; its anchor is. */
  forgetSigners(): Promise<void>
  /** `verifyReading`: passive and active authentication, claims, expiry, consistency, the report. */
  verify(): Promise<void>
  /** Its bare operations: keys of signer and chip imported, both signatures, Active Authentication, all hashes. */
  verifyBare(): Promise<void>
  /** Passive authentication and nothing else, with the functions of the packages: signature, chain, hashes. */
  authenticate(): Promise<void>
  /** Its bare operations: the signer's key imported, both signatures, all hashes. */
  authenticateBare(): Promise<void>
}

export async function operationsOf({ csca, readings }: DemoReadings, crypto: CryptoPort): Promise<Operations> {
  const anchor = await crypto.importPublicKey(parseCertificate(csca).publicKey)
  const parts = readings.map(prepared)
  let trust = await trustIn(csca, crypto)
  return {
    forgetSigners: async () => {
      trust = await trustIn(csca, crypto)
    },
    verify: async () => {
      for (const reading of readings) {
        // A fresh object each time: nothing may be remembered of it.
        const { checks } = await verifyReading(
          { ...reading },
          { trust, at, crypto, expect: { activeAuthenticationChallenge: challenge } },
        )
        if (checks.filter(({ status }) => status === 'passed').length < 8) throw new Error('verification did not pass')
      }
    },
    verifyBare: async () => {
      for (const part of parts) {
        await passiveBare(crypto, anchor, part)
        await activeBare(crypto, part)
      }
    },
    authenticate: async () => {
      for (const { files } of readings) await passive(files, trust, crypto)
    },
    authenticateBare: async () => {
      for (const part of parts) await passiveBare(crypto, anchor, part)
    },
  }
}

/** A store whose anchor is known to it: its key imported, its own signature verified. */
async function trustIn(csca: Uint8Array, crypto: CryptoPort): Promise<TrustStore> {
  const trust = await createTrustStore({ anchors: [{ certificate: csca }], allowDemo: true, crypto })
  for (const known of trust.anchors) await trust.standingOf(known, crypto)
  return trust
}

async function passive(files: ChipReading['files'], trust: TrustStore, crypto: CryptoPort): Promise<void> {
  const { SOD } = files
  if (SOD === undefined) throw new Error('the reading is not whole')
  const { hashAlgorithm, dataGroupHashes, problems } = parseSecurityObject(SOD)
  const { status, signers } = await verifySignedData(parseSignedData(parseTlv(SOD).value), { crypto, memory: trust.memory })
  const [signer] = signers
  if (status !== 'passed' || signer?.certificate === undefined || hashAlgorithm === undefined || problems.length > 0)
    throw new Error('the security object did not pass')
  for (const { dataGroup, hash } of dataGroupHashes) {
    const bytes = files[dataGroupName(dataGroup)]
    if (bytes !== undefined && !equalBytes(crypto.hash(hashAlgorithm, bytes), hash)) throw new Error('a hash differs')
  }
  const { certificate, signingTime } = signer
  const { checks } = await verifyChain({ signer: certificate, trust, at, signingTime, document: { country: 'VNM', type: 'ID' } })
  if (!checks.some((check) => check.id === 'chain.csca' && check.status === 'passed')) throw new Error('the chain did not pass')
}

async function passiveBare(crypto: CryptoPort, anchor: PublicKey, parts: Prepared): Promise<void> {
  const signer = await crypto.importPublicKey(parts.certificate.publicKey)
  const first = await anchor.verify(
    { type: 'ecdsa', hash: 'sha512', format: 'der' },
    parts.certificate.tbs,
    parts.certificate.signature,
  )
  crypto.hash('sha256', parts.content)
  const second = await signer.verify({ type: 'ecdsa', hash: 'sha384', format: 'der' }, parts.attributes, parts.signature)
  for (const group of parts.groups) crypto.hash('sha256', group)
  if (!first || !second) throw new Error('the bare operations disagree')
}

async function activeBare(crypto: CryptoPort, parts: Prepared): Promise<void> {
  const key = await crypto.importPublicKey(parts.aaKey)
  const recovered = await key.recover(parts.aaResponse)
  const outcome = recovered && recoverIso9796_2(recovered, challenge, { crypto })
  if (outcome?.status !== 'recovered' || !outcome.digestMatches) throw new Error('the bare operations disagree')
}
