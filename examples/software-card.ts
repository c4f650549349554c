// A DEMO card from nothing, read and verified in memory: no hardware, no network. Pass the name of an attack to see it caught.
import { systemRandom as random } from '@cccd/crypto'
import { accessFromQr, readChip, verifyReading } from '@cccd/emrtd'
import { describeCheck } from '@cccd/emrtd/checks'
import { createTrustStore } from '@cccd/pki'
import { parseQr } from '@cccd/qr'
import { createIssuer, isAttackName, personalise, syntheticCitizen, virtualCard } from '@cccd/simulator'

const at = new Date().toISOString()
const attack = process.argv[2] ?? 'none'

const issuer = await createIssuer({ random, at })
const card = await personalise(issuer, syntheticCitizen(random, { at: at.slice(0, 10) }), { random, at })
const channel = virtualCard(card, isAttackName(attack) ? { attack } : {})

const qr = parseQr(card.qr)
const challenge = random(8)
const reading = await readChip(channel, {
  access: accessFromQr(qr),
  files: ['DG1', 'DG2', 'DG13'],
  activeAuthentication: { challenge },
})

// allowDemo is for tests and demonstrations: every other store refuses what this issuer signed.
const anchors = [{ certificate: card.issuer.csca.certificate, source: 'DEMO' }]
const trust = await createTrustStore({ anchors, allowDemo: true })
const report = await verifyReading(reading, { trust, at, qr, expect: { activeAuthenticationChallenge: challenge } })
for (const check of report.checks) {
  const { title, reason = '' } = describeCheck(check, 'en')
  console.log(`${check.status.padEnd(13)}  ${check.id.padEnd(25)}  ${title}. ${reason}`.trimEnd())
}
