import { type Check, checkOf, isCccdError } from '@cccd/core'
import { type CardProfileName, cardProfileNames, cardProfiles, quirkIds, quirks } from '@cccd/simulator'
import { cardOf, type Inspection, inspect } from './kinds.js'

const legend = [
  '# Compatibility',
  '',
  'What the reader of this SDK makes of each kind of card that its software card can be: feature × profile × result. No real card was read',
  'for this page; the profiles are made after what is known of cards of the world, and every issuer and holder is a DEMO. Written by the',
  'tests: `CCCD_WRITE=1 npx vitest run packages/simulator/test/compatibility.test.ts`.',
  '',
  'The reader has what is printed on the card, tries the card access number and then the MRZ, and may fall back to BAC. `✓` passed, `✗` failed,',
  '`?` inconclusive, `–` not supported by the card or not performed.',
  '',
]

const columns = [
  'profile',
  'document',
  'access',
  'files',
  'integrity',
  'issuer',
  'AA',
  'CA',
  'CAM',
  'no downgrade',
  'findings',
] as const

const signs: Readonly<Record<Check['status'], string>> = {
  passed: '✓',
  failed: '✗',
  inconclusive: '?',
  'not-supported': '–',
  'not-performed': '–',
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

function result(profile: CardProfileName, { reading, report }: Inspection): string[] {
  const sign = (id: string): string => signs[checkOf(report, id).status]
  const { access } = reading
  const way = access?.protocol === 'PACE' ? `PACE-${access.mapping} ${access.cipher}, ${access.parameterId}` : 'BAC'
  const files = Object.keys(reading.files).filter((name) => name !== 'CardAccess' && name !== 'CardSecurity')
  const refused = Object.entries(reading.fileStatus).filter(([, told]) => told?.status === 'access-denied')
  return [
    `\`${profile}\``,
    cardProfiles[profile].plan.format,
    `${way} (${access?.password})`,
    `${files.length}${refused.length === 0 ? '' : `, refused ${refused.map(([name]) => name).join(' ')}`}`,
    sign('sod.signature'),
    sign('chain.csca'),
    sign('aa.signature'),
    sign('ca.keys'),
    sign('cam.key'),
    sign('pace.downgrade'),
    [...new Set(report.findings.map(({ code }) => `\`${code}\``))].join(' ') || '–',
  ]
}

async function profileRow(profile: CardProfileName): Promise<string> {
  try {
    return row(result(profile, await inspect(await cardOf(profile))))
  } catch (error) {
    if (!isCccdError(error)) throw error
    const cells = [`\`${profile}\``, cardProfiles[profile].plan.format, `not opened: \`${error.code}\``]
    return row([...cells, ...columns.slice(cells.length).map(() => '–')])
  }
}

/** The page, from readings made now. */
export async function compatibilityPage(): Promise<string> {
  const lines = [...legend, row(columns), row(columns.map(() => '---'))]
  for (const profile of cardProfileNames) lines.push(await profileRow(profile))
  lines.push('', '## What each profile is', '', row(['profile', 'after', 'quirks']), row(['---', '---', '---']))
  for (const profile of cardProfileNames) {
    const { description, quirks: own } = cardProfiles[profile]
    lines.push(row([`\`${profile}\``, description.en, own.map((id) => `\`${id}\``).join(' ') || '–']))
  }
  lines.push('', '## Quirks', '', row(['quirk', 'seen', 'what', 'what a reader must do', 'switched on']))
  lines.push(row(['---', '---', '---', '---', '---']))
  for (const id of quirkIds) {
    const { seen, description, reader, plan } = quirks[id]
    lines.push(row([`\`${id}\``, seen, description.en, reader.en, plan === undefined ? 'any time' : 'when the card is made']))
  }
  return `${lines.join('\n')}\n`
}
