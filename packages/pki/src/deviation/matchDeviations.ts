import { equalBytes } from '@cccd/core'
import type { CryptoPort } from '@cccd/crypto'
import type { Certificate } from '../certificate/Certificate.js'
import { sameName } from '../certificate/DistinguishedName.js'
import { sameIdentifier } from '../certificate/extensions.js'
import { readInstant } from '../chain/checkValidity.js'
import { countryCode } from '../chain/countries.js'
import {
  type Deviation,
  type DeviationDescription,
  type DeviationList,
  type DeviationSigner,
  documentCode,
} from './DeviationList.js'
import type { DeviationListResult } from './verifyDeviationList.js'

/** A document, as far as it is known. */
export interface DeviatingDocument {
  /** The document signer's certificate. */
  readonly signer: Certificate
  /** Document code of the MRZ. */
  readonly documentType?: string
  /** Day of issue. */
  readonly dateOfIssue?: string
  readonly documentNumber?: string
}

export interface MatchDeviationsOptions {
  readonly list: DeviationList
  /** What {@link verifyDeviationList} said: a list that did not pass, or of another country than the signer, has no match. */
  readonly verified: DeviationListResult
  readonly document: DeviatingDocument
  readonly crypto: CryptoPort
}

/** What a list says of a document, and whether everything that it asks for was known. */
export interface DeviationMatch extends DeviationDescription {
  /** `possible`: date of issue or document number are asked for and not known here. */
  readonly certainty: 'certain' | 'possible'
}

/**
 * The deviations that a verified list states for a document. Criteria are joined by "and" (Doc 9303-12, 10.2). A deviation explains a failed check;
 * it never makes it pass: what a policy does with it is the policy's.
 *
 * @throws RangeError for a date of issue that is none
 * @example
 * matchDeviations({ list, verified, document: { signer, documentType: 'P' } }).map(({ type }) => type)
 */
export function matchDeviations(options: MatchDeviationsOptions): readonly DeviationMatch[] {
  const { list, verified, document } = options
  const { crypto } = options
  const { country } = document.signer
  if (verified.status !== 'passed' || country === undefined || verified.country === undefined) return []
  if (countryCode(country) !== countryCode(verified.country)) return []
  return list.deviations.flatMap((deviation) => {
    const certainty = certaintyOf(deviation, list, document, crypto)
    return certainty === undefined ? [] : deviation.descriptions.map((description) => ({ ...description, certainty }))
  })
}

function certaintyOf(
  { documents }: Deviation,
  list: DeviationList,
  document: DeviatingDocument,
  crypto: CryptoPort,
): DeviationMatch['certainty'] | undefined {
  const { documentType, signer, issued, documentNumbers } = documents
  if (signer !== undefined && !isSigner(signer, list, document.signer, crypto)) return undefined
  const day = document.dateOfIssue === undefined ? undefined : readInstant(document.dateOfIssue, 'dateOfIssue')
  const answers = [
    documentType === undefined || compared(document.documentType, (type) => documentCode(type) === documentType),
    issued === undefined ||
      compared(day, (at) => issued.from.slice(0, 10) <= at.slice(0, 10) && at.slice(0, 10) <= issued.to.slice(0, 10)),
    documentNumbers === undefined ||
      compared(document.documentNumber, (number) => documentNumbers.includes(documentCode(number))),
  ]
  if (answers.includes(false)) return undefined
  return answers.includes(undefined) ? 'possible' : 'certain'
}

function compared(value: string | undefined, fits: (value: string) => boolean): boolean | undefined {
  return value === undefined ? undefined : fits(value)
}

function isSigner(named: DeviationSigner, list: DeviationList, certificate: Certificate, crypto: CryptoPort): boolean {
  if (named.type === 'key-identifier') return sameIdentifier(certificate.keyIdentifier, named.keyIdentifier)
  if (named.type === 'digest')
    return list.digestAlgorithm !== undefined && equalBytes(crypto.hash(list.digestAlgorithm, certificate.raw), named.digest)
  return equalBytes(certificate.serialNumber, named.serialNumber) && sameName(certificate.issuer, named.issuer)
}
