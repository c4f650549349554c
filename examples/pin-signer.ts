// Whose signature is it? Prints and saves the document signer of an EF.SOD, and the pin to note once somebody has confirmed it.

import { readFile, writeFile } from 'node:fs/promises'
import { parseTlv } from '@cccd/core'
import { defaultCrypto } from '@cccd/crypto/default'
import { readingFromFiles, verifyReading } from '@cccd/emrtd'
import { certificateFingerprint, createTrustStore, parseSignedData, verifySignedData } from '@cccd/pki'

const [file = 'EF_SOD.bin', ...confirmedBy] = process.argv.slice(2)
const sod = new Uint8Array(await readFile(file))
const { status, signers } = await verifySignedData(parseSignedData(parseTlv(sod).value)) // EF.SOD wraps the CMS in tag 77
const certificate = signers[0]?.certificate
if (certificate === undefined || status !== 'passed') throw new Error(`no signer to pin: ${status}`)
await writeFile('signer.cer', certificate.raw)
console.log(certificate.subject.text, '·', certificate.notBefore, '–', certificate.notAfter)

// A fingerprint from the card itself proves nothing: pin it for another reason, and write that reason down.
const pin = {
  fingerprint: certificateFingerprint(certificate, defaultCrypto()),
  source: 'two branches compared, 2026-11',
  confirmedBy,
}
console.log(JSON.stringify(pin, undefined, 2))

const trust = await createTrustStore({ pins: [pin] })
const report = await verifyReading(readingFromFiles({ SOD: sod }), { trust, at: new Date().toISOString() })
const { status: pinned, reason = '' } = report.checks.find(({ id }) => id === 'signer.pinned') ?? { status: 'not-performed' }
console.log('signer.pinned', pinned, reason)
