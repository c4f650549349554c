import { type Check, equalBytes } from '@cccd/core'
import type { CryptoPort } from '@cccd/crypto'
import { dataGroupName } from '../lds/fileNames.js'
import type { SecurityObject } from '../lds/parseSecurityObject.js'
import type { ChipReading, FileStatus } from '../reading/ChipReading.js'
import { check } from './CheckList.js'
import type { CheckId } from './VerificationReport.js'

const notPerformed: Readonly<Record<FileStatus['status'], string>> = {
  'access-denied': 'access-denied',
  'not-found': 'not-found',
  'not-asked': 'not-asked',
  withheld: 'withheld',
  failed: 'read-failed',
  read: 'not-asked',
}

export interface HashCheckInput {
  readonly reading: ChipReading
  /** Undefined when there is no EF.SOD that could be read. */
  readonly securityObject: SecurityObject | undefined
  /** Whether `sod.signature` passed. */
  readonly signed: boolean
  readonly crypto: CryptoPort
}

/** `dg1.hash` … `dg16.hash`: one for every data group that is listed or present. The bytes are hashed as the chip sent them. */
export function hashChecks(input: HashCheckInput): Check<CheckId>[] {
  const out: Check<CheckId>[] = []
  for (let number = 1; number <= 16; number++) {
    const found = hashCheck(number, input)
    if (found !== undefined) out.push(found)
  }
  return out
}

function hashCheck(number: number, { reading, securityObject, signed, crypto }: HashCheckInput): Check<CheckId> | undefined {
  const id = `dg${number}.hash`
  const name = dataGroupName(number)
  const bytes = reading.files[name]
  const listed = securityObject?.dataGroupHashes.filter(({ dataGroup }) => dataGroup === number) ?? []
  const [entry, second] = listed
  if (entry === undefined && bytes === undefined) return undefined
  if (second !== undefined) return check(id, 'failed', 'listed-twice')
  if (securityObject === undefined) return check(id, 'inconclusive', 'sod-not-verified')
  if (entry === undefined) return check(id, 'failed', 'not-listed')
  if (bytes === undefined) return check(id, 'not-performed', notPerformed[reading.fileStatus[name]?.status ?? 'not-asked'])
  const { hashAlgorithm } = securityObject
  if (hashAlgorithm === undefined)
    return check(id, 'inconclusive', 'unsupported-algorithm', { oid: securityObject.hashAlgorithmOid })
  const data = { algorithm: hashAlgorithm }
  if (!equalBytes(crypto.hash(hashAlgorithm, bytes), entry.hash)) return check(id, 'failed', 'hash-differs', data)
  return signed ? check(id, 'passed', undefined, data) : check(id, 'inconclusive', 'sod-not-verified', data)
}
