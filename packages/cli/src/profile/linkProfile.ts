import { encodeHex, isCccdError } from '@cccd/core'
import type { AccessCandidate, ChipReading } from '@cccd/emrtd'
import type { Trace } from '@cccd/iso7816'
import type { Facts } from './Facts.js'
import { statusWordText } from './statusWordText.js'

/**
 * What went over the wire: limits, and which status words answered which instruction. Under secure messaging these are the
 * outer ones. Numbers of commands are left out: they tell the size of the photograph.
 */
export function linkProfile(reading: ChipReading, trace: Trace): Facts {
  const words = new Map<string, Set<string>>()
  let longest = 0
  let extended = false
  for (const { command, response } of trace.exchanges) {
    const name = `${command[0] === 0x0c ? 'SM ' : ''}${instruction(command[1] ?? 0)}`
    const sw = ((response.at(-2) ?? 0) << 8) | (response.at(-1) ?? 0)
    words.set(name, (words.get(name) ?? new Set()).add(statusWordText(sw)))
    longest = Math.max(longest, command.length)
    extended ||= response.length > 258
  }
  const statusWords = [...words].map(([name, found]) => `${name} ${[...found].sort().join('/')}`).sort()
  return {
    ...(reading.answerToReset === undefined ? {} : { answerToReset: encodeHex(reading.answerToReset) }),
    maxCommandLength: reading.limits?.maxCommandLength ?? 0,
    maxResponseLength: reading.limits?.maxResponseLength ?? 0,
    readBinary: extended ? 'extended' : 'short',
    longestCommand: longest > 261 ? 'extended' : 'short',
    statusWords,
  }
}

const instructions: Readonly<Record<number, string>> = {
  34: 'MSE',
  130: 'EXTERNAL AUTHENTICATE',
  132: 'GET CHALLENGE',
  134: 'GENERAL AUTHENTICATE',
  136: 'INTERNAL AUTHENTICATE',
  164: 'SELECT',
  176: 'READ BINARY',
  177: 'READ BINARY odd',
  192: 'GET RESPONSE',
}

function instruction(code: number): string {
  return instructions[code] ?? `INS ${code.toString(16).toUpperCase().padStart(2, '0')}`
}

/** How the chip was opened and what it offered; whether the CAN is the end of the number in DG1. */
export async function accessProfile(reading: ChipReading, candidates: readonly AccessCandidate[]): Promise<Facts> {
  const { access, files } = reading
  if (access === undefined) return {}
  const used = candidates[access.candidate]
  const number = await numberInside(files.DG1)
  const byCan = used?.password === 'CAN' && number !== undefined ? { canIsEndOfNumber: number.endsWith(used.value) } : {}
  return {
    protocol: access.protocol,
    password: access.password,
    ...byCan,
    cipher: access.cipher,
    ...(access.oid === undefined ? {} : { oid: access.oid }),
    ...(access.parameterId === undefined ? {} : { parameterId: access.parameterId }),
    ...(access.mapping === undefined ? {} : { mapping: access.mapping }),
    cardAccess: access.cardAccess,
    offered: access.offered,
    refused: access.refused.map(({ protocol, password, sw, reason }) =>
      [protocol, password, ...(sw === undefined ? [] : [statusWordText(sw)]), reason].join(' '),
    ),
    ...(files.CardAccess === undefined ? {} : { securityInfos: await securityInfoNames(files.CardAccess) }),
  }
}

async function numberInside(dg1: Uint8Array | undefined): Promise<string | undefined> {
  if (dg1 === undefined) return undefined
  const { tryParseDg1 } = await import('@cccd/emrtd')
  const parsed = tryParseDg1(dg1)
  return parsed.ok ? parsed.value.personalNumber : undefined
}

/** SecurityInfos in words, e.g. `pace 0.4.0.127.0.7.2.2.4.2.2 v2 13`. Malformed ones are named by their error. */
export async function securityInfoNames(bytes: Uint8Array): Promise<string[]> {
  const { parseSecurityInfos } = await import('@cccd/emrtd')
  try {
    return parseSecurityInfos(bytes).map((info) => {
      const version = 'version' in info ? [`v${info.version}`] : []
      const parameter = 'parameterId' in info && info.parameterId !== undefined ? [String(info.parameterId)] : []
      const key = 'keyId' in info && info.keyId !== undefined ? [`key ${info.keyId}`] : []
      const algorithm = info.type === 'active-authentication' ? info.signatureAlgorithm : info.oid
      return [info.type, algorithm, ...version, ...parameter, ...key].join(' ')
    })
  } catch (error) {
    if (!isCccdError(error)) throw error
    return [error.code]
  }
}
