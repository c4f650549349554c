import { type CheckStatus, checkOf, type Language } from '@cccd/core'
import type { PrivateKeyUsagePeriod } from '../certificate/extensions.js'
import type { ChainExplanation, ExplainedCertificate } from './ChainExplanation.js'
import { type DrawingText, drawingTexts } from './drawingTexts.js'

export interface DrawChainOptions {
  readonly language: Language
  /** A sentence below the verdict, e.g. the text of its reason. Without it the reason's code stands there. */
  readonly caption?: string
}

const width = 720
const margin = 20
const left = 52
const right = width - margin
const top = 112
const rowHeight = 86
const barHeight = 16

const colours: Readonly<Record<CheckStatus, string>> = {
  passed: '#1b7f3b',
  failed: '#b3261e',
  inconclusive: '#8a5a00',
  'not-performed': '#5f6368',
  'not-supported': '#5f6368',
}
const signs: Readonly<Record<CheckStatus, string>> = {
  passed: '✓',
  failed: '✗',
  inconclusive: '?',
  'not-performed': '–',
  'not-supported': '–',
}
const ink = '#1f1f1f'
const quiet = '#5f6368'
const bar = '#c4d4ea'
const keyBar = '#4a6fa5'

/**
 * The path of a verdict as an SVG picture, 720 wide: the CSCA above, the document signer below, each with its validity as a bar over one axis of
 * time, the time in which its key may sign as a darker bar inside, and lines for the signing time and the time it was judged at. What stands in
 * certificates is escaped; there are no scripts, links or fonts from elsewhere, and nothing is told by colour alone.
 *
 * @example
 * await writeFile('chain.svg', drawChain(await explainChain({ signer, trust, at }), { language: 'vi' }))
 */
export function drawChain(explanation: ChainExplanation, { language, caption }: DrawChainOptions): string {
  const text = (key: DrawingText): string => drawingTexts[key][language]
  const { certificates, at, signingTime, result } = explanation
  const verdict = checkOf(result, 'chain.csca')
  const axis = axisOf(explanation)
  const hasAnchor = certificates.some(({ role }) => role === 'csca')
  const rows = [...certificates].reverse()
  const first = hasAnchor ? top : top + rowHeight
  const bottom = first + rows.length * rowHeight
  const checksAt = bottom + 78
  const height = checksAt + result.checks.length * 18
  const parts = [
    words(margin, 30, text('title'), { size: 18, weight: 600 }),
    words(margin, 54, `${signs[verdict.status]} ${text(verdict.status)}`, {
      size: 14,
      weight: 600,
      colour: colours[verdict.status],
    }),
    words(margin, 74, shortened(caption ?? verdict.reason ?? '', 100), { colour: quiet }),
    ...(hasAnchor ? [] : unknownIssuer(explanation, verdict.status, text)),
    ...rows.flatMap((certificate, row) => drawRow(certificate, first + row * rowHeight, at, axis, text)),
    ...arrows(rows.length, first, hasAnchor, verdict.status, text),
    ...years(axis, top - 14, bottom),
    ...(signingTime === undefined ? [] : instant(axis, signingTime, text('signing'), bottom + 34, '6 3', keyBar)),
    ...instant(axis, at, text('judged'), bottom + 50, '2 3', ink),
    ...result.checks.map(({ id, status, reason }, row) => drawCheck(id, status, reason, checksAt + row * 18, text)),
  ]
  const label = `${text('title')}: ${text(verdict.status)}`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img"`,
    ` aria-label="${escaped(label)}" lang="${language}" font-family="system-ui, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    // Words last, so that no line runs over them.
    ...parts.filter((part) => !isText(part)),
    ...parts.filter(isText),
    '</svg>\n',
  ].join('\n')
}

function drawCheck(id: string, status: CheckStatus, reason: string | undefined, y: number, text: Texts): string {
  const verdict = `${signs[status]} ${text(status)}${reason === undefined ? '' : `: ${reason}`}`
  return words(left, y, id, { size: 11, colour: quiet }) + words(left + 190, y, verdict, { size: 11, colour: colours[status] })
}

function isText(part: string): boolean {
  return part.startsWith('<text')
}

interface Axis {
  readonly from: number
  readonly to: number
}

type Texts = (key: DrawingText) => string

/** Everything that is drawn lies on it; never empty. */
function axisOf({ certificates, at, signingTime }: ChainExplanation): Axis {
  const times = [at, ...(signingTime === undefined ? [] : [signingTime])]
  for (const { info } of certificates) {
    const { notBefore, notAfter } = info.privateKeyUsagePeriod ?? {}
    times.push(info.notBefore, info.notAfter, ...(notBefore ? [notBefore] : []), ...(notAfter ? [notAfter] : []))
  }
  const numbers = times.map((time) => Date.parse(time)).filter((time) => !Number.isNaN(time))
  const from = Math.min(...numbers)
  const to = Math.max(...numbers, from + 86_400_000)
  return { from, to }
}

function position({ from, to }: Axis, time: string): number {
  const share = (Date.parse(time) - from) / (to - from)
  return round(left + (right - left) * Math.min(1, Math.max(0, Number.isNaN(share) ? 0 : share)))
}

function drawRow({ role, info, sources }: ExplainedCertificate, y: number, at: string, axis: Axis, text: Texts): string[] {
  const { notBefore, notAfter, subject, privateKeyUsagePeriod } = info
  const valid = notBefore <= at && at <= notAfter
  const from = position(axis, notBefore)
  const to = Math.max(position(axis, notAfter), from + 2)
  const dates = `${text('validity')} ${day(notBefore)} – ${day(notAfter)}${valid ? '' : ` · ${text('notValid')}`}`
  const origin = sources.length === 0 ? '' : ` · ${text('source')}: ${sources.join(', ')}`
  return [
    words(left, y + 14, `${text(role)}${shortened(origin, 76)}`, { weight: 600 }),
    words(left, y + 30, shortened(subject, 104), {}),
    `<rect x="${from}" y="${y + 37}" width="${round(to - from)}" height="${barHeight}" rx="3" fill="${bar}" stroke="${valid ? keyBar : colours.failed}"${valid ? '' : ' stroke-dasharray="4 3"'}/>`,
    ...keyPeriod(privateKeyUsagePeriod, info, y + 37 + barHeight / 4, axis),
    words(left, y + 67, dates + keyText(privateKeyUsagePeriod, text), { size: 11, colour: valid ? quiet : colours.failed }),
  ]
}

function keyPeriod(
  period: PrivateKeyUsagePeriod | undefined,
  info: ExplainedCertificate['info'],
  y: number,
  axis: Axis,
): string[] {
  if (period === undefined) return []
  const from = position(axis, period.notBefore ?? info.notBefore)
  const to = Math.max(position(axis, period.notAfter ?? info.notAfter), from + 1)
  return [`<rect x="${from}" y="${y}" width="${round(to - from)}" height="${barHeight / 2}" rx="2" fill="${keyBar}"/>`]
}

function keyText(period: PrivateKeyUsagePeriod | undefined, text: Texts): string {
  const { notBefore, notAfter } = period ?? {}
  if (notBefore === undefined && notAfter === undefined) return ''
  return ` · ${text('keyUse')} ${notBefore === undefined ? '…' : day(notBefore)} – ${notAfter === undefined ? '…' : day(notAfter)}`
}

/** Who should have signed the topmost certificate: a name that nobody in the trust store answers to with a fitting key. */
function unknownIssuer({ certificates }: ChainExplanation, status: CheckStatus, text: Texts): string[] {
  const issuer = certificates[certificates.length - 1]?.info.issuer ?? ''
  return [
    `<rect x="${left}" y="${top}" width="${right - left}" height="44" rx="4" fill="none" stroke="${colours[status]}" stroke-dasharray="5 4"/>`,
    words(left + 10, top + 18, `${signs[status]} ${text('unknown')}`, { weight: 600, colour: colours[status] }),
    words(left + 10, top + 35, shortened(issuer, 100), {}),
  ]
}

/** From each certificate up to who signed it. Between certificates of a path the signature is verified; to an unknown issuer it is not. */
function arrows(count: number, first: number, hasAnchor: boolean, status: CheckStatus, text: Texts): string[] {
  const x = margin + 12
  const drawn: string[] = []
  for (let row = hasAnchor ? 1 : 0; row < count; row++) {
    const edge: CheckStatus = row === 0 ? status : 'passed'
    const from = first + row * rowHeight + 10
    const to = from - rowHeight + (row === 0 ? 50 : 30)
    drawn.push(
      `<path d="M${x} ${from}V${to}M${x - 4} ${to + 6}L${x} ${to}L${x + 4} ${to + 6}" fill="none" stroke="${colours[edge]}" stroke-width="1.5"${edge === 'passed' ? '' : ' stroke-dasharray="4 3"'}/>`,
      `<text x="${x - 6}" y="${round((from + to) / 2)}" font-size="13" font-weight="600" text-anchor="end" fill="${colours[edge]}">${signs[edge]}<title>${escaped(text('signedBy'))}</title></text>`,
    )
  }
  return drawn
}

function years(axis: Axis, y: number, bottom: number): string[] {
  const from = new Date(axis.from).getUTCFullYear() + 1
  const to = new Date(axis.to).getUTCFullYear()
  const step = Math.max(1, Math.ceil((to - from + 1) / 10))
  const lines: string[] = [`<path d="M${left} ${bottom}H${right}" stroke="#9aa0a6"/>`]
  for (let year = from; year <= to; year += step) {
    const x = position(axis, `${String(year).padStart(4, '0')}-01-01T00:00:00Z`)
    lines.push(`<path d="M${x} ${bottom}v5" stroke="#9aa0a6"/>`)
    lines.push(words(x, bottom + 18, String(year), { size: 10, colour: quiet, anchor: 'middle' }))
  }
  return y < bottom ? lines : []
}

function instant(axis: Axis, time: string, label: string, y: number, dashes: string, colour: string): string[] {
  const x = position(axis, time)
  const anchor = x > width * 0.75 ? 'end' : x < width * 0.25 ? 'start' : 'middle'
  return [
    `<path d="M${x} ${top - 10}V${y - 11}" stroke="${colour}" stroke-dasharray="${dashes}"/>`,
    words(x, y, `${label} ${day(time)}`, { size: 11, weight: 600, colour, anchor }),
  ]
}

interface Style {
  readonly size?: number
  readonly weight?: number
  readonly colour?: string
  readonly anchor?: 'start' | 'middle' | 'end'
}

function words(x: number, y: number, value: string, { size = 12, weight = 400, colour = ink, anchor = 'start' }: Style): string {
  const place = anchor === 'start' ? '' : ` text-anchor="${anchor}"`
  // A white edge keeps words readable where a line passes behind them.
  return `<text x="${x}" y="${y}" stroke="#ffffff" stroke-width="3" paint-order="stroke" font-size="${size}" font-weight="${weight}" fill="${colour}"${place}>${escaped(value)}</text>`
}

function day(time: string): string {
  return time.slice(0, 10)
}

/** Names in certificates have no bound. */
function shortened(value: string, length: number): string {
  const letters = Array.from(value)
  return letters.length <= length ? value : `${letters.slice(0, length - 1).join('')}…`
}

/** XML 1.0 has no way to write control characters, lone surrogates and the two non-characters; they become U+FFFD. */
function escaped(value: string): string {
  return value
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
