import { defaultCrypto } from '@cccd/crypto/default'
import {
  type AccessCandidate,
  accessFromCan,
  accessFromMrz,
  accessFromPin,
  accessFromPuk,
  openChip,
  type PaceInfo,
  type PasswordName,
  pace,
  paceParameters,
  paceExclusion as readerExclusion,
  type SessionCipher,
} from '@cccd/emrtd'
import {
  type CardImage,
  createIssuer,
  type DemoIssuer,
  type PaceOffer,
  personalise,
  seededRandom,
  syntheticCitizen,
  virtualCard,
} from '@cccd/simulator'
import { expect } from 'vitest'
import { exchange } from '../src/read/ChipSession.js'
import { answering, countingRandom } from './support.js'

export const mappings = ['GM', 'IM', 'CAM'] as const
export const ciphers: readonly SessionCipher[] = ['3DES', 'AES-128', 'AES-192', 'AES-256']
export const passwords: readonly PasswordName[] = ['MRZ', 'CAN', 'PIN', 'PUK']
export const parameterIds: readonly number[] = [...paceParameters.keys()]

/** A way of PACE, before a password. */
export interface PaceWay {
  readonly mapping: (typeof mappings)[number]
  readonly parameterId: number
  readonly cipher: SessionCipher
}

export const everyWay: readonly PaceWay[] = mappings.flatMap((mapping) =>
  parameterIds.flatMap((parameterId) => ciphers.map((cipher) => ({ mapping, parameterId, cipher }))),
)

/** What the standard excludes, and where it says so. Nothing else may be missing. */
export function excludedBy({ mapping, parameterId, cipher }: PaceWay): string | undefined {
  if (mapping === 'IM' && parameterId === 10) return 'Doc 9303-11, appendix B: p ≡ 1 mod 4'
  if (mapping === 'CAM' && parameterId <= 2) return 'Doc 9303-11, 9.2.1: ECDH only'
  if (mapping === 'CAM' && cipher === '3DES') return 'Doc 9303-11, 9.2.1: AES only'
  return undefined
}

let issuer: Promise<DemoIssuer> | undefined

/** A card that offers one way of PACE, with all four passwords. */
export async function cardWith(offer: PaceOffer): Promise<CardImage> {
  issuer ??= createIssuer({ random: seededRandom('matrix'), at: '2026-01-01T00:00:00Z' })
  const card = await personalise(await issuer, syntheticCitizen(4), {
    random: seededRandom('matrix card'),
    pace: [offer],
    chipAuthentication: [],
    aa: 'none',
  })
  return { ...card, pin: '193746', puk: '5028146397' }
}

/** A wrong digit in place of the last one. */
const wrong = (digits: string): string => digits.slice(0, -1) + String((Number(digits.slice(-1)) + 1) % 10)

function accessOf(card: CardImage, password: PasswordName, change: (digits: string) => string): readonly AccessCandidate[] {
  switch (password) {
    case 'CAN':
      return accessFromCan(change(card.can))
    case 'PIN':
      return accessFromPin(change(card.pin ?? ''))
    case 'PUK':
      return accessFromPuk(change(card.puk ?? ''))
    case 'MRZ': {
      const [right] = accessFromMrz(card.mrz)
      if (right?.password !== 'MRZ') throw new Error('an MRZ gives its key')
      return [{ ...right, documentNumber: change(right.documentNumber) }]
    }
  }
}

/** Opens the chip with the right password and reads under the session, then fails with a wrong one, for that reason. */
export async function expectWorks(way: PaceWay, password: PasswordName): Promise<void> {
  const { mapping, parameterId, cipher } = way
  const card = await cardWith({ mapping, parameterId, cipher })
  const name = `${mapping} ${parameterId} ${cipher} ${password}`
  const session = await openChip(virtualCard(card, { random: seededRandom(name) }), {
    access: accessOf(card, password, (digits) => digits),
    random: seededRandom(`${name} terminal`),
  })
  expect([name, session.record]).toMatchObject([name, { protocol: 'PACE', mapping, parameterId, cipher, password, refused: [] }])
  const sod = await exchange(session, 'matrix', { cla: 0, ins: 0xb0, p1: 0x9d, p2: 0, le: 16 })
  // The PUK opens a channel for the PIN alone: the refusal is protected, and that is what shows the keys (TR-03110-2, 2.3).
  expect([name, sod.sw, sod.data.length]).toEqual(password === 'PUK' ? [name, 0x6982, 0] : [name, 0x9000, 16])
  // Nor is EF.CardSecurity for the PUK, so there the key cannot be told.
  const proven = password === 'PUK' ? { status: 'failed', reason: 'refused' } : { status: 'passed' }
  if (mapping === 'CAM') expect([name, session.mapping]).toMatchObject([name, proven])
  session.secure?.end()

  const refused = openChip(virtualCard(card, { random: seededRandom(name) }), {
    access: accessOf(card, password, wrong),
    random: seededRandom(`${name} wrong`),
  })
  const retries = password === 'PIN' ? { retries: 2 } : password === 'PUK' ? { retries: 9 } : {}
  await expect(refused, name).rejects.toMatchObject({
    code: 'PACE_WRONG_PASSWORD',
    step: 'pace.exchange-tokens',
    params: retries,
  })
}

/** The reader says why before it sends anything, and nobody can make a card that offers it. */
export async function expectExcluded(way: PaceWay): Promise<void> {
  const { mapping, parameterId, cipher } = way
  const parameters = paceParameters.get(parameterId)
  if (parameters === undefined) throw new Error('no such parameters')
  const info: PaceInfo = {
    type: 'pace',
    oid: '0.4.0.127.0.7.2.2.4.9.9',
    mapping,
    agreement: parameters.agreement,
    cipher,
    version: 2,
    parameterId,
    raw: new Uint8Array(0),
  }
  const reason = readerExclusion(info, parameters.group)
  expect(reason).toBeTypeOf('string')
  const chip = answering(() => '9000')
  await expect(
    pace(chip, { crypto: defaultCrypto(), random: countingRandom(), info, password: { password: 'CAN', value: '500540' } }),
  ).rejects.toMatchObject({ code: 'PACE_UNSUPPORTED', params: { reason } })
  expect(chip.sent).toEqual([])
  await expect(cardWith({ mapping, parameterId, cipher })).rejects.toMatchObject({
    code: 'SIMULATOR_UNSUPPORTED',
    params: { reason },
  })
}

/** The table of `docs/pace-matrix.md`. */
export function matrixDocument(): string {
  const lines = [
    '# PACE: mapping × domain parameters × cipher × password',
    '',
    'Each `works` was opened with the software card by each of the four passwords (MRZ, CAN, PIN, PUK), read under the session that came of it,',
    'and refused a wrong password for that reason. Each `—` does not exist in the standard; reader and card refuse it with a coded error. Written by',
    '`packages/emrtd/test/paceMatrix.full.ts`. Parameters 0, 8 and 9 are deprecated (TR-03110-3, A.2.1.1) and taken up last.',
  ]
  for (const mapping of mappings) {
    lines.push('', `## ${mapping}`, '', `| parameters | ${ciphers.join(' | ')} |`, `|---|${ciphers.map(() => '---|').join('')}`)
    for (const parameterId of parameterIds) {
      const { group = '', deprecated } = paceParameters.get(parameterId) ?? {}
      const cells = ciphers.map((cipher) => {
        const clause = excludedBy({ mapping, parameterId, cipher })
        return clause === undefined ? 'works' : `— (${clause})`
      })
      lines.push(`| ${parameterId} ${group}${deprecated === true ? ' (deprecated)' : ''} | ${cells.join(' | ')} |`)
    }
  }
  return `${lines.join('\n')}\n`
}
