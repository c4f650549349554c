import { AttributeTypeAndValue, AttributeValue, Name, RelativeDistinguishedName } from '@peculiar/asn1-x509'

const attributes = { C: '2.5.4.6', O: '2.5.4.10', CN: '2.5.4.3', L: '2.5.4.7' } as const

/** A distinguished name; the country is a PrintableString, all else UTF8String (Doc 9303-12, 7.1). */
export function distinguishedName(parts: Readonly<Partial<Record<keyof typeof attributes, string>>>): Name {
  return new Name(
    (Object.keys(attributes) as (keyof typeof attributes)[]).flatMap((key) => {
      const text = parts[key]
      if (text === undefined) return []
      const value = new AttributeValue(key === 'C' ? { printableString: text } : { utf8String: text })
      return [new RelativeDistinguishedName([new AttributeTypeAndValue({ type: attributes[key], value })])]
    }),
  )
}

/** Every name says that nobody real stands behind it. */
export const demoOrganisation = 'DEMO - not a real authority'

/** Name of the country signing CA, unless another is asked for. */
export const demoCscaName = 'DEMO CSCA Identity Card'
