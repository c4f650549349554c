import { type Check, decodeBase64, decodeHex, encodeHex } from '@cccd/core'
import { defaultCrypto } from '@cccd/crypto/default'
import { accessFromQr, pace, parseSecurityInfos, readChip, verifyReading } from '@cccd/emrtd'
import { importTrace, replay, shortLimits } from '@cccd/iso7816'
import { createTrustStore } from '@cccd/pki'
import { parseQr } from '@cccd/qr'

/** Everything a runtime without files needs: texts only. */
export interface ScenarioInput {
  readonly qr: string
  /** `Trace.export` of a DEMO reading. */
  readonly trace: string
  /** DER of the DEMO country CA, base64. */
  readonly anchor: string
  readonly challenge: string
  readonly at: string
  /** Doc 9303-11, appendix G.1. */
  readonly pace: PaceExample
}

export interface PaceExample {
  readonly cardAccess: string
  readonly mrz: { readonly documentNumber: string; readonly dateOfBirth: string; readonly dateOfExpiry: string }
  readonly random: { readonly map: string; readonly agree: string }
  readonly exchanges: readonly (readonly [string, string])[]
}

/** What every runtime must say alike, and how long PACE took there. */
export interface ScenarioOutput {
  readonly qr: { readonly sex: string; readonly dateOfBirth: string; readonly findings: number }
  readonly sessionKeys: { readonly encryption: string; readonly mac: string }
  readonly files: readonly string[]
  readonly checks: readonly Check[]
  readonly summary: object
  readonly verified: readonly string[]
  readonly backend: string
  readonly paceMs: number
}

/** The QR parsed, the worked example of PACE, a recorded DEMO reading replayed and verified: what runs before a bank's eyes, in any runtime. */
export async function scenario(input: ScenarioInput): Promise<ScenarioOutput> {
  const crypto = defaultCrypto()
  const qr = parseQr(input.qr)
  await workedExample(input.pace)
  const start = Date.now()
  const sessionKeys = await workedExample(input.pace)
  const paceMs = Date.now() - start

  const channel = replay(importTrace(input.trace))
  const challenge = decodeHex(input.challenge)
  const reading = await readChip(channel, {
    access: accessFromQr(qr),
    files: ['DG1', 'DG2', 'DG13', 'DG14', 'DG15'],
    activeAuthentication: { challenge },
    random: channel.random,
    clock: () => Date.parse(input.at),
  })
  const trust = await createTrustStore({ anchors: [{ certificate: decodeBase64(input.anchor) }], allowDemo: true })
  const report = await verifyReading(reading, { trust, at: input.at, qr, expect: { activeAuthenticationChallenge: challenge } })
  return {
    qr: { sex: qr.sex, dateOfBirth: qr.dateOfBirth, findings: qr.findings.length },
    sessionKeys,
    files: Object.keys(reading.files).sort(),
    checks: report.checks,
    summary: report.summary,
    verified: Object.keys(report.identity).sort(),
    backend: crypto.backends['curve:brainpoolP256r1'] ?? crypto.name,
    paceMs,
  }
}

async function workedExample(example: PaceExample): Promise<ScenarioOutput['sessionKeys']> {
  const info = parseSecurityInfos(decodeHex(example.cardAccess)).find((entry) => entry.type === 'pace')
  if (info?.type !== 'pace') throw new Error('the example offers PACE')
  let line = 0
  const random = [example.random.map, example.random.agree].map(decodeHex)
  const keys = await pace(
    {
      limits: shortLimits,
      async transmit(command) {
        const exchange = example.exchanges[line++]
        if (exchange === undefined || exchange[0] !== encodeHex(command)) throw new Error(`exchange ${line} is another one`)
        return decodeHex(exchange[1])
      },
      async close() {},
    },
    {
      info,
      crypto: defaultCrypto(),
      password: { password: 'MRZ', ...example.mrz },
      random: () => random.shift() ?? new Uint8Array(0),
    },
  )
  return { encryption: encodeHex(keys.encryption), mac: encodeHex(keys.mac) }
}
