import { foldName } from '@cccd/identity'
import { type AdditionalPersonalDetails, readDg11 } from '../lds/parseDg11.js'
import { readDg12 } from '../lds/parseDg12.js'
import { compareDocumentNames } from './compareDocumentNames.js'
import type { Claims } from './identityFields.js'
import { known } from './known.js'
import type { OpenFile } from './OpenFile.js'

/** What DG11 and DG12 say: documents of other states have them, so this is loaded by who meets one. */
export function detailClaims(open: OpenFile): [details: Claims | undefined, issue: Claims | undefined] {
  const details = open('DG11', readDg11)
  const dateOfIssue = open('DG12', readDg12)?.dateOfIssue
  return [
    details === undefined
      ? undefined
      : { source: 'DG11', values: dg11Values(details), compareNationalName: compareDocumentNames },
    dateOfIssue === undefined ? undefined : { source: 'DG12', values: { dateOfIssue } },
  ]
}

/** A name in letters that an MRZ transliterates is compared with the MRZ's; one in another script stands for itself. */
function dg11Values(details: AdditionalPersonalDetails): Claims['values'] {
  const { fullName, personalNumber, dateOfBirth, placeOfBirth, permanentAddress } = details
  const name = fullName === undefined ? undefined : joined([fullName.primaryIdentifier, fullName.secondaryIdentifier], ' ')
  const latin = name !== undefined && foldName(name) !== undefined
  return known({
    personalNumber,
    fullName: latin ? name : undefined,
    nameInNationalCharacters: name,
    dateOfBirth,
    placeOfBirth: joined(placeOfBirth, ', '),
    placeOfResidence: joined(permanentAddress, ', '),
  })
}

function joined(parts: readonly string[] | undefined, separator: string): string | undefined {
  return parts?.filter((part) => part !== '').join(separator)
}
