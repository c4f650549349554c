import { encodeTlv, encodeUtf8 } from '@cccd/core'
import { demoExtensionOid } from '@cccd/pki'
import { AsnPropTypes, OctetString } from '@peculiar/asn1-schema'
import {
  AccessDescription,
  AuthorityInfoAccessSyntax,
  AuthorityKeyIdentifier,
  BasicConstraints,
  CRLDistributionPoints,
  DistributionPoint,
  DistributionPointName,
  Extension,
  GeneralName,
  GeneralNames,
  KeyIdentifier,
  KeyUsage,
  KeyUsageFlags,
  PrivateKeyUsagePeriod,
  SubjectKeyIdentifier,
} from '@peculiar/asn1-x509'
import { buffer, encode } from '../asn1/encode.js'
import { sequence } from '../asn1/sequence.js'
import type { AuthorityAddresses } from './AuthorityAddresses.js'
import type { IssuingState } from './IssuingState.js'
import { distinguishedName } from './names.js'

/** DocumentTypeListSyntax ::= SEQUENCE { version INTEGER { v0(0) }, docTypeList SET OF PrintableString } (Doc 9303-12, 7.1.1.6) */
class DocumentTypeList {
  version = 0
  docTypeList: string[] = []
}
sequence(DocumentTypeList, {
  version: AsnPropTypes.Integer,
  docTypeList: { type: AsnPropTypes.PrintableString, repeated: 'set' },
})

function extension(extnID: string, value: Uint8Array, critical = false): Extension {
  return new Extension({ extnID, critical, extnValue: new OctetString(buffer(value)) })
}

function alternativeName({ alpha3 }: IssuingState): Uint8Array {
  return encode(
    new GeneralNames([
      new GeneralName({ rfc822Name: 'demo@example.invalid' }),
      new GeneralName({ directoryName: distinguishedName({ L: alpha3 }) }),
    ]),
  )
}

export interface ExtensionsInput {
  readonly role: 'csca' | 'signer'
  readonly state: IssuingState
  readonly subjectKeyIdentifier: Uint8Array
  readonly authorityKeyIdentifier: Uint8Array
  readonly keyUsedFrom: Date
  readonly keyUsedUntil: Date
  readonly addresses?: AuthorityAddresses | undefined
}

/** id-ad-ocsp and id-ad-caIssuers. A country CA has neither: it answers to nobody, and nobody issued it. */
function authorityAccess({ ocsp, issuers }: AuthorityAddresses): Extension[] {
  const description = (accessMethod: string, address: string | undefined): AccessDescription[] =>
    address === undefined
      ? []
      : [new AccessDescription({ accessMethod, accessLocation: new GeneralName({ uniformResourceIdentifier: address }) })]
  const all = [...description('1.3.6.1.5.5.7.48.1', ocsp), ...description('1.3.6.1.5.5.7.48.2', issuers)]
  return all.length === 0 ? [] : [extension('1.3.6.1.5.5.7.1.1', encode(new AuthorityInfoAccessSyntax(all)))]
}

/** The extensions of the Doc 9303-12 table 6 profile, and the critical one that keeps a DEMO out of every real trust store. */
export function certificateExtensions(input: ExtensionsInput): Extension[] {
  const { role, addresses = {} } = input
  const usage = role === 'csca' ? KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign : KeyUsageFlags.digitalSignature
  const crl = new DistributionPointName({
    fullName: [new GeneralName({ uniformResourceIdentifier: addresses.lists ?? 'http://crl.example.invalid/demo.crl' })],
  })
  const authority = new AuthorityKeyIdentifier({ keyIdentifier: new KeyIdentifier(buffer(input.authorityKeyIdentifier)) })
  const period = new PrivateKeyUsagePeriod({ notBefore: input.keyUsedFrom, notAfter: input.keyUsedUntil })
  const out = [
    extension('2.5.29.35', encode(authority)),
    extension('2.5.29.14', encode(new SubjectKeyIdentifier(buffer(input.subjectKeyIdentifier)))),
    extension('2.5.29.15', encode(new KeyUsage(usage)), true),
    extension('2.5.29.16', encode(period)),
    extension('2.5.29.17', alternativeName(input.state)),
    extension('2.5.29.18', alternativeName(input.state)),
    extension('2.5.29.31', encode(new CRLDistributionPoints([new DistributionPoint({ distributionPoint: crl })]))),
    extension(demoExtensionOid, encodeTlv(0x0c, encodeUtf8('DEMO')), true),
  ]
  if (role === 'csca') {
    out.push(extension('2.5.29.19', encode(new BasicConstraints({ cA: true, pathLenConstraint: 0 })), true))
  } else {
    const types = new DocumentTypeList()
    types.docTypeList = [...input.state.documentTypes]
    out.push(extension('2.23.136.1.1.6.2', encode(types)), ...authorityAccess(addresses))
  }
  return out
}
