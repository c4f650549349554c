import { encodeTlv, encodeUtf8 } from '@cccd/core'
import { formatSex, formatVietnameseDate } from '@cccd/identity'
import { AsnPropTypes } from '@peculiar/asn1-schema'
import { buffer, encode } from '../asn1/encode.js'
import { sequence } from '../asn1/sequence.js'
import type { Citizen } from '../citizen/Citizen.js'

/** SEQUENCE { INTEGER number, value, … }: at most two values, father and mother. */
class Field {
  number = 0
  first: ArrayBuffer | undefined = undefined
  second: ArrayBuffer | undefined = undefined
}
sequence(Field, {
  number: AsnPropTypes.Integer,
  first: { type: AsnPropTypes.Any, optional: true },
  second: { type: AsnPropTypes.Any, optional: true },
})

/** SEQUENCE { INTEGER version, OBJECT IDENTIFIER 1.0.10646.1.0.8, SET OF Field } with the fields by number, not in DER order. */
class PersonalDetails {
  version = 1
  encoding = '1.0.10646.1.0.8'
  fields: Field[] = []
}
sequence(PersonalDetails, {
  version: AsnPropTypes.Integer,
  encoding: AsnPropTypes.ObjectIdentifier,
  fields: { type: Field, repeated: 'set' },
})

const utf8 = (text: string): Uint8Array => encodeTlv(0x0c, encodeUtf8(text.normalize('NFC')))
const printable = (text: string): Uint8Array => encodeTlv(0x13, encodeUtf8(text))
const wrapped = (text: string | undefined): Uint8Array[] => (text === undefined ? [] : [encodeTlv(0x30, utf8(text))])
const date = (value: string): string => formatVietnameseDate(value, 'printed')

/** Father, then mother: only the place tells them apart, so an unknown father leaves an empty sequence. */
function parents({ fatherName, motherName }: Citizen): Uint8Array[] {
  if (motherName === undefined) return wrapped(fatherName)
  return [...(fatherName === undefined ? [encodeTlv(0x30)] : wrapped(fatherName)), ...wrapped(motherName)]
}

/** The Vietnamese DG13, string types as the card's header bytes show them. */
export function dg13(citizen: Citizen): Uint8Array {
  const values: readonly (readonly Uint8Array[])[] = [
    [printable(citizen.personalNumber)],
    [utf8(citizen.fullName)],
    [printable(date(citizen.dateOfBirth))],
    [utf8(formatSex(citizen.sex))],
    [utf8(citizen.nationality)],
    [utf8(citizen.ethnicity)],
    [utf8(citizen.religion)],
    [utf8(citizen.placeOfOrigin)],
    [utf8(citizen.placeOfResidence)],
    [utf8(citizen.identifyingMarks)],
    [printable(date(citizen.dateOfIssue))],
    [utf8(citizen.dateOfExpiry === 'none' ? 'Không thời hạn' : date(citizen.dateOfExpiry))],
    parents(citizen),
    wrapped(citizen.spouseName),
    citizen.previousIdNumber === undefined ? [] : [printable(citizen.previousIdNumber)],
    [printable(citizen.cardCode)],
  ]
  const details = new PersonalDetails()
  details.fields = values.map(([first, second], index) => {
    const field = new Field()
    field.number = index + 1
    if (first !== undefined) field.first = buffer(first)
    if (second !== undefined) field.second = buffer(second)
    return field
  })
  return encodeTlv(0x6d, encode(details))
}
