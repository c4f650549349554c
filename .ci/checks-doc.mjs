// Writes docs/checks.md from the catalogue that `@cccd/emrtd/checks` carries; with --check, only compares.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { root } from './setup.mjs'

const folder = join(root, 'node_modules/.cache/checks-doc')
mkdirSync(folder, { recursive: true })
const outfile = join(folder, 'checks.mjs')
await build({
  entryPoints: [join(root, 'packages/emrtd/src/checks.ts')],
  bundle: true,
  format: 'esm',
  platform: 'node',
  conditions: ['@cccd/source'],
  outfile,
  logLevel: 'error',
})
const { catalogueVersion, checkCatalogue, describeCheck, reasonTexts } = await import(pathToFileURL(outfile).href)

const statuses = {
  passed: 'Proven, in the words below.',
  failed: 'Looked at and wrong: do not rely on the document.',
}
for (const status of ['inconclusive', 'not-supported', 'not-performed'])
  statuses[status] = describeCheck({ id: 'sod.signature', status }, 'en').meaning

const lines = [
  '# Checks',
  '',
  'A verification report is a list of checks. Each has one of five statuses and, unless it passed, a reason. Only `passed` proves anything, and a check',
  'whose ground did not pass is never `passed`. Ids, statuses and reasons are stable across versions; `describeCheck(check, language)` of',
  `\`@cccd/emrtd/checks\` gives these texts in Vietnamese and English (catalogue version ${catalogueVersion}). Written by \`node .ci/checks-doc.mjs\`.`,
  '',
  '| status | means |',
  '|---|---|',
  ...Object.entries(statuses).map(([status, text]) => `| \`${status}\` | ${text} |`),
  '',
  'Where a data group stands in the list it stands for all sixteen: `dg1.hash` … `dg16.hash`. “A third party” is somebody who was not there and is',
  'shown the files, the answer and the challenge.',
]
const entries = [...checkCatalogue].filter(([id]) => !/^dg\d+\.hash$/.test(id) || id === 'dg1.hash')
for (const [id, { title, proves, doesNotProve, failed, convincesThirdParty }] of entries)
  lines.push(
    '',
    `## ${id}`,
    '',
    `**${title.en}** · *${title.vi}*`,
    '',
    `- Passed: ${proves.en}`,
    `- Even then: ${doesNotProve.en}`,
    `- Failed: ${failed.en}`,
    `- Convinces a third party: ${convincesThirdParty ? 'yes' : 'no'}`,
    '',
    `*Đạt: ${proves.vi} Dù vậy: ${doesNotProve.vi} Không đạt: ${failed.vi}*`,
  )
lines.push('', '## Reasons', '', '| reason | | |', '|---|---|---|')
for (const [reason, { vi, en }] of Object.entries(reasonTexts).sort(([a], [b]) => (a < b ? -1 : 1)))
  lines.push(`| \`${reason}\` | ${en} | *${vi}* |`)

const text = `${lines.join('\n')}\n`
const path = join(root, 'docs/checks.md')
if (process.argv.includes('--check')) {
  const same = existsSync(path) && readFileSync(path, 'utf8') === text
  if (!same) console.error('docs/checks.md is stale, run node .ci/checks-doc.mjs')
  process.exit(same && entries.length > 0 ? 0 : 1)
}
writeFileSync(path, text)
console.log(`docs/checks.md: ${entries.length} checks, ${Object.keys(reasonTexts).length} reasons`)
