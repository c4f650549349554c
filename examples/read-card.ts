import { readFile } from 'node:fs/promises'
import { accessFromQr, readChip, requireVerified, verifyReading } from '@cccd/emrtd'
import { openPcsc } from '@cccd/pcsc'
import { createTrustStore } from '@cccd/pki'
import { loadTrustMaterial } from '@cccd/pki/node'
import { parseQr } from '@cccd/qr'
import { decodeQrImage } from '@cccd/qr/image'

const [photo = 'qr.png', ...trustFiles] = process.argv.slice(2) // no country CA of the card is public: see docs/trust.md
const trust = await createTrustStore(await loadTrustMaterial(trustFiles))
const qr = parseQr((await decodeQrImage(await readFile(photo))).bytes)
const pcsc = await openPcsc()
const channel = await pcsc.connect({ reader: (await pcsc.waitForCard({ deadline: 30_000 })).name })
const challenge = crypto.getRandomValues(new Uint8Array(8)) // made by whoever verifies, never by the phone
const reading = await readChip(channel, { access: accessFromQr(qr), files: ['DG1', 'DG2'], activeAuthentication: { challenge } })
await pcsc.close()
const expect = { activeAuthenticationChallenge: challenge }
const report = await verifyReading(reading, { trust, at: new Date().toISOString(), qr, expect })
const { fullName } = requireVerified(report, { issuer: ['country-ca', 'pinned-signer'], clone: true }) // or throws NOT_VERIFIED
console.log(`${fullName?.value}: proven by ${report.summary.issuer}`)
