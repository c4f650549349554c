import type { Check, CheckStatus, Language } from '@cccd/core'
import type { ChainExplanation, ExplainedCertificate } from './explainChain.js'

export interface DrawChainOptions {
  readonly language: Language
  /** Instant or day of the verdict, ISO 8601. */
  readonly at: string
  /** When the document was signed, if known. */
  readonly signingTime?: string | undefined
}

const texts = {
  vi: {
    title: 'Chuỗi chứng thư và thời hạn',
    'document-signer': 'Chứng thư ký tài liệu',
    link: 'Chứng thư nối',
    'country-ca': 'Chứng thư gốc quốc gia',
    validity: 'thời hạn chứng thư',
    use: 'thời hạn dùng khóa riêng',
    signed: 'ký lúc',
    now: 'xét lúc',
    source: 'nguồn',
    'nobody-known': 'chưa biết ai ký chứng thư này',
    empty: 'Không có chứng thư đọc được',
    passed: 'đạt',
    failed: 'không đạt',
    inconclusive: 'chưa kết luận được',
    'not-supported': 'không hỗ trợ',
    'not-performed': 'không thực hiện',
  },
  en: {
    title: 'Certificate chain and validity',
    'document-signer': 'Document signer',
    link: 'Link certificate',
    'country-ca': 'Country signing CA',
    validity: 'certificate validity',
    use: 'private key usage',
    signed: 'signed',
    now: 'judged',
    source: 'source',
    'nobody-known': 'who signed this certificate is not known',
    empty: 'No certificate could be read',
    passed: 'passed',
    failed: 'failed',
    inconclusive: 'inconclusive',
    'not-supported': 'not supported',
    'not-performed': 'not performed',
  },
} as const

type Words = Readonly<Record<keyof (typeof texts)['en'], string>>

const colours: Readonly<Record<CheckStatus, string>> = {
  passed: '#1a7f37',
  failed: '#b42318',
  inconclusive: '#9a6700',
  'not-supported': '#57606a',
  'not-performed': '#57606a',
}

const width = 760
const left = 24
const right = width - 24
const top = 62
const rowHeight = 92
const maxText = 76

/**
 * The chain as a drawing (SVG, A4 width): country CA on top, links, document signer, each with its validity and the usage period of its private key
 * over one time line, the signing time, and the time of the verdict. Text is escaped, nothing is loaded, no script; light background for
 * printing.
 *
 * @throws RangeError for times that are none
 * @example
 * const svg = drawChain(explainChain(result), { language: 'vi', at: '2026-01-31' })
 */
export function drawChain({ path, checks }: ChainExplanation, { language, at, signingTime }: DrawChainOptions): string {
  const words: Words = texts[language]
  const rows = [...path].reverse()
  const scale = scaleOf(rows, [timeOf(at), ...(signingTime === undefined ? [] : [timeOf(signingTime)])])
  const axis = top + Math.max(rows.length, 1) * rowHeight
  const legend = axis + 52
  const height = legend + 26 + checks.length * 18 + 14
  const marks = [
    marker(scale(timeOf(at)), axis, `${words.now} ${at.slice(0, 10)}`, '#0550ae', 34),
    ...(signingTime === undefined
      ? []
      : [marker(scale(timeOf(signingTime)), axis, `${words.signed} ${signingTime.slice(0, 10)}`, '#6639ba', 18)]),
  ]
  const body = [
    text(left, 30, words.title, 'font-size="18" font-weight="bold"'),
    ...(rows.length === 0 ? [text(left, top + 20, words.empty, 'fill="#b42318"')] : []),
    ...marks,
    ...rows.map((row, index) => drawRow(row, top + index * rowHeight, scale, words, index < rows.length - 1)),
    `<line x1="${left}" y1="${axis}" x2="${right}" y2="${axis}" stroke="#57606a"/>`,
    `<rect x="${left}" y="${legend - 9}" width="24" height="9" rx="2" fill="#b6d7ff"/>`,
    text(left + 32, legend, words.validity, 'font-size="12"'),
    `<rect x="${left + 250}" y="${legend - 7}" width="24" height="5" fill="#0969da"/>`,
    text(left + 282, legend, words.use, 'font-size="12"'),
    ...checks.map(({ check, clause }, index) => drawCheck(check, clause, legend + 26 + index * 18, words)),
  ]
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" lang="${language}" font-family="sans-serif" font-size="13" fill="#1f2328">`,
    `<title>${escaped(words.title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...body,
    '</svg>',
  ].join('\n')
}

function drawRow(
  { role, certificate, sources, standsOn }: ExplainedCertificate,
  y: number,
  scale: (time: number) => number,
  words: Words,
  hasBelow: boolean,
): string {
  const { notBefore, notAfter, privateKeyUsagePeriod: use, subject } = certificate
  const [from, to] = [scale(timeOf(notBefore)), scale(timeOf(notAfter))]
  const useFrom = scale(timeOf(use?.notBefore ?? notBefore))
  const useTo = scale(timeOf(use?.notAfter ?? notAfter))
  const notes = [
    `${notBefore.slice(0, 10)} – ${notAfter.slice(0, 10)}`,
    certificate.signatureAlgorithm,
    ...(sources.length > 0 ? [`${words.source}: ${sources.join(', ')}`] : []),
    ...(standsOn === 'nobody-known' ? [words['nobody-known']] : []),
  ]
  return [
    text(left, y + 10, words[role], 'font-weight="bold"'),
    text(left + 190, y + 10, cut(subject), 'font-size="12"'),
    bar(from, to, y + 20, 14, '#b6d7ff'),
    ...(use === undefined ? [] : [bar(useFrom, useTo, y + 25, 4, '#0969da')]),
    text(left, y + 50, cut(notes.join(' · '), 110), 'font-size="11" fill="#57606a"'),
    ...(hasBelow ? [`<path d="M ${left + 8} ${y + 58} v 16 m -4 -5 l 4 5 l 4 -5" fill="none" stroke="#1f2328"/>`] : []),
  ].join('\n')
}

function drawCheck({ id, status, reason }: Check, clause: string, y: number, words: Words): string {
  const verdict = `${words[status]}${reason === undefined ? '' : `: ${reason}`}`
  const source = clause === 'operator' ? '' : clause
  return [
    text(left, y, id, 'font-size="12" font-family="monospace"'),
    text(left + 190, y, cut(verdict, 48), `font-size="12" fill="${colours[status]}"`),
    text(left + 470, y, source, 'font-size="11" fill="#57606a"'),
  ].join('\n')
}

/** Near the right edge the words stand left of their line. */
function marker(x: number, axis: number, words: string, colour: string, drop: number): string {
  const anchor = x > width - 180 ? 'end' : 'start'
  return [
    `<line x1="${round(x)}" y1="${top - 14}" x2="${round(x)}" y2="${axis + drop - 6}" stroke="${colour}" stroke-dasharray="4 3"/>`,
    text(x + (anchor === 'end' ? -4 : 4), axis + drop - 4, words, `font-size="12" fill="${colour}" text-anchor="${anchor}"`),
  ].join('\n')
}

function bar(from: number, to: number, y: number, height: number, colour: string): string {
  return `<rect x="${round(from)}" y="${y}" width="${round(Math.max(to - from, 1))}" height="${height}" rx="2" fill="${colour}"/>`
}

function text(x: number, y: number, words: string, attributes: string): string {
  // A white edge keeps words readable where a line passes behind them.
  return `<text x="${round(x)}" y="${y}" stroke="#ffffff" stroke-width="3" paint-order="stroke" ${attributes}>${escaped(words)}</text>`
}

/** From the first to the last day that matters, over the width of the drawing. */
function scaleOf(rows: readonly ExplainedCertificate[], times: readonly number[]): (time: number) => number {
  const all = [...times, ...rows.flatMap(({ certificate }) => [timeOf(certificate.notBefore), timeOf(certificate.notAfter)])]
  const first = Math.min(...all)
  const span = Math.max(Math.max(...all) - first, 1)
  return (time) => left + ((Math.min(Math.max(time, first), first + span) - first) / span) * (right - left)
}

function timeOf(instant: string): number {
  const time = Date.parse(instant)
  if (Number.isNaN(time)) throw new RangeError('not an ISO 8601 time')
  return time
}

function cut(words: string, length = maxText): string {
  return words.length <= length ? words : `${words.slice(0, length - 1)}…`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

/** For elements and attributes; what XML 1.0, 2.2 cannot hold is left out. */
function escaped(words: string): string {
  return Array.from(words)
    .filter((letter) => isXml(letter.codePointAt(0) ?? 0))
    .join('')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
}

function isXml(point: number): boolean {
  if (point < 0x20) return point === 0x09 || point === 0x0a || point === 0x0d
  return !(point >= 0xd800 && point <= 0xdfff) && point !== 0xfffe && point !== 0xffff
}
