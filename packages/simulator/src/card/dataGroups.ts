import { encodeTlv, encodeUtf8 } from '@cccd/core'
import { type FileName, files } from '@cccd/emrtd'
import type { Citizen } from '../citizen/Citizen.js'
import { mrzLines } from '../citizen/mrzLines.js'
import { dg11 } from '../lds/dg11.js'
import { dg12 } from '../lds/dg12.js'
import { dg13 } from '../lds/dg13.js'
import { dg16 } from '../lds/dg16.js'
import { dg5, dg7 } from '../lds/displayedImages.js'
import { com, dg1, dg3 } from '../lds/smallFiles.js'
import type { CardPlan } from '../profiles/CardPlan.js'

type Files = Readonly<Partial<Record<FileName, Uint8Array>>>

/** The data groups that tell about the holder: DG1, and those that the plan names. Images are encoded. */
export function holderFiles(
  citizen: Citizen,
  plan: Pick<CardPlan, 'dataGroups' | 'details' | 'dg13' | 'state'>,
  images: { readonly portrait: Uint8Array; readonly signature: Uint8Array },
): Files {
  const make: Readonly<Record<CardPlan['dataGroups'][number], () => Uint8Array>> = {
    DG3: dg3,
    DG5: () => dg5([images.portrait]),
    DG7: () => dg7([images.signature]),
    DG11: () => personalDetails(citizen, plan),
    DG12: () => dg12({ issuingAuthority: `DEMO ${plan.state.alpha3}`, dateOfIssue: citizen.dateOfIssue }),
    DG16: () => dg16([{ name: { primaryIdentifier: 'NOTIFY', secondaryIdentifier: 'DEMO' }, telephone: '0000000' }]),
    DG13: () => (plan.dg13 === 'not-tlv' ? undecipherableDg13() : dg13(citizen)),
  }
  const extra = plan.dataGroups.map((name) => [name, make[name]()] as const)
  return { DG1: dg1(mrzLines(citizen)), ...Object.fromEntries(extra) }
}

/** EF.COM: the data groups that are there, or those that the plan lists. */
export function commonFile(present: Files, plan: Pick<CardPlan, 'listed'>): Uint8Array {
  const dataGroups = (Object.keys(files) as FileName[]).filter((name) => name.startsWith('DG'))
  const listed = dataGroups.filter((name) => present[name] !== undefined && (plan.listed?.includes(name) ?? true))
  return com(listed.map((name) => files[name].tag))
}

/** DG11 with the name, a former name, and the date and place of birth; on request as Belarus and China write it. */
function personalDetails(citizen: Citizen, { details }: Pick<CardPlan, 'details'>): Uint8Array {
  const { primaryIdentifier = citizen.fullName, secondaryIdentifier = '' } = citizen.document ?? {}
  return dg11(
    {
      fullName: { primaryIdentifier, secondaryIdentifier },
      otherNames: [{ primaryIdentifier: 'FORMERLY', secondaryIdentifier: 'DEMO' }],
      dateOfBirth: citizen.dateOfBirth,
      placeOfBirth: ['DEMO TOWN'],
    },
    // China's: names stand outside of the template; Belarus': the list names the template.
    details === 'standard' ? {} : { deviation: details },
  )
}

/** DG13 as Singapore's: inside its tag stands what is no TLV. */
function undecipherableDg13(): Uint8Array {
  return encodeTlv(0x6d, encodeUtf8('DEMO: no TLV in here'))
}
