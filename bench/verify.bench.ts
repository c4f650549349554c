import { concatBytes, parseTlv } from '@cccd/core'
import { type CryptoPort, type PublicKey, recoverIso9796_2 } from '@cccd/crypto'
import { nodeCrypto } from '@cccd/crypto/node'
import { portableCrypto } from '@cccd/crypto/portable'
import { accessFromCan, type ChipReading, decodeReading, encodeReading, parseDg15, readChip, verifyReading } from '@cccd/emrtd'
import { createTrustStore, parseCertificate, parseSignedData, type TrustStore } from '@cccd/pki'
import { createIssuer, personalise, renewSigner, seededRandom, syntheticCitizen, virtualCard } from '@cccd/simulator'
import { paired, table } from './table.js'

// verifyReading on one core beside the operations nobody can leave out: import of the signer's and the chip's key, the two signature
// verifications, Active Authentication and the hashes. The anchor's key is kept on both sides; every iteration is another reading.

const at = '2026-01-01T00:00:00Z'
const challenge = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)
const count = Number(process.env.CCCD_BENCH_READINGS ?? 40)

const issuer = await createIssuer({ random: seededRandom('bench'), at })

async function readingsOf(eachOwnSigner: boolean): Promise<ChipReading[]> {
  const readings: ChipReading[] = []
  for (let index = 0; index < count; index++) {
    const signer = eachOwnSigner ? await renewSigner(issuer, { random: seededRandom(`signer ${index}`) }) : issuer
    const card = await personalise(signer, syntheticCitizen(index), { random: seededRandom(`card ${index}`) })
    const reading = await readChip(virtualCard(card), {
      access: accessFromCan(card.can),
      files: ['DG1', 'DG2', 'DG13', 'DG14', 'DG15'],
      activeAuthentication: { challenge },
    })
    readings.push(decodeReading(encodeReading(reading)))
  }
  return readings
}

/** The inputs of the bare operations, taken out of a reading beforehand. */
function prepared(reading: ChipReading) {
  const { SOD, DG15 } = reading.files
  if (SOD === undefined || DG15 === undefined || reading.activeAuthentication?.response === undefined)
    throw new Error('the reading is not whole')
  const signedData = parseSignedData(parseTlv(SOD).value)
  const [signer] = signedData.signers
  const [der] = signedData.certificates
  if (signer?.signedAttributes === undefined || der === undefined || signedData.content === undefined)
    throw new Error('the security object is not whole')
  const attributes = concatBytes(Uint8Array.of(0x31), signer.signedAttributes.raw.subarray(1))
  const certificate = parseCertificate(der)
  return {
    attributes,
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

async function bare(crypto: CryptoPort, anchor: PublicKey, parts: ReturnType<typeof prepared>): Promise<void> {
  const signer = await crypto.importPublicKey(parts.certificate.publicKey)
  const first = await anchor.verify(
    { type: 'ecdsa', hash: 'sha512', format: 'der' },
    parts.certificate.tbs,
    parts.certificate.signature,
  )
  crypto.hash('sha256', parts.content)
  const second = await signer.verify({ type: 'ecdsa', hash: 'sha384', format: 'der' }, parts.attributes, parts.signature)
  for (const group of parts.groups) crypto.hash('sha256', group)
  const key = await crypto.importPublicKey(parts.aaKey)
  const recovered = await key.recover(parts.aaResponse)
  const outcome = recovered && recoverIso9796_2(recovered, challenge, { crypto })
  if (!first || !second || outcome?.status !== 'recovered' || !outcome.digestMatches)
    throw new Error('the bare operations disagree')
}

const rows: string[][] = [['backend', 'document signers', 'verifyReading /s', 'bare operations /s', 'ratio']]
for (const eachOwnSigner of [true, false]) {
  const readings = await readingsOf(eachOwnSigner)
  for (const crypto of [nodeCrypto(), portableCrypto()]) {
    const anchor = await crypto.importPublicKey(parseCertificate(issuer.csca.certificate).publicKey)
    const subset = crypto.name === 'portable' ? 6 : count
    const rounds = crypto.name === 'portable' ? 5 : 15
    const parts = readings.slice(0, subset).map(prepared)
    let trust = await trustFor(crypto)
    const verifyAll = async (): Promise<void> => {
      for (const reading of readings.slice(0, subset)) {
        // A fresh object each time: nothing may be remembered of it.
        const { checks } = await verifyReading(
          { ...reading },
          { trust, at, crypto, expect: { activeAuthenticationChallenge: challenge } },
        )
        if (checks.filter(({ status }) => status === 'passed').length < 8) throw new Error('verification did not pass')
      }
    }
    const bareAll = async (): Promise<void> => {
      for (const part of parts) await bare(crypto, anchor, part)
    }
    const prepare = async (): Promise<void> => {
      // A store remembers signers it met: with one signer for each reading it must meet each for the first time.
      if (eachOwnSigner) trust = await trustFor(crypto)
    }
    const { first, second, ratio } = await paired(rounds, verifyAll, bareAll, { prepare, warmUp: 8 })
    rows.push([
      crypto.name,
      eachOwnSigner ? `${subset}, never met before` : 'one, met before',
      ((1000 * subset) / first).toFixed(0),
      ((1000 * subset) / second).toFixed(0),
      ratio.toFixed(2),
    ])
  }
}
table(`Verification of a reading (${count} DEMO cards; median of paired runs)`, rows)

/** A store whose anchor is known to it: its key imported, its own signature verified. */
async function trustFor(crypto: CryptoPort): Promise<TrustStore> {
  const trust = await createTrustStore({ anchors: [{ certificate: issuer.csca.certificate }], allowDemo: true, crypto })
  for (const known of trust.anchors) await trust.standingOf(known, crypto)
  return trust
}
