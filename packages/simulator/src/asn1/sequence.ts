import { AsnProp, type AsnPropTypes, AsnType, AsnTypeTypes } from '@peculiar/asn1-schema'

type Constructor<Instance> = new () => Instance

/** How a member of a SEQUENCE is written. */
export type Member = Parameters<typeof AsnProp>[0] | AsnPropTypes

/**
 * Tells the ASN.1 library what a class is, as its decorators would; called plainly, because decorators are not part of the
 * syntax that this repository compiles.
 */
export function sequence<Instance extends object>(
  type: Constructor<Instance>,
  members: { readonly [Name in keyof Instance & string]: Member },
): void {
  AsnType({ type: AsnTypeTypes.Sequence })(type)
  for (const [name, member] of Object.entries<Member>(members))
    AsnProp(typeof member === 'number' ? { type: member } : member)(type.prototype, name)
}
