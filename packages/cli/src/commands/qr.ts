import type { PrintedAccess } from '@cccd/emrtd'
import type { ExpiryCandidate } from '@cccd/identity'
import type { CardQr } from '@cccd/qr'
import type { CommandSpec } from '../CommandSpec.js'
import type { Context } from '../Context.js'
import { exitCodes } from '../exitCodes.js'
import { loadQr } from '../files/loadQr.js'
import { mask } from '../mask.js'
import { printFindings } from '../report/printFindings.js'
import { columns } from '../terminal/columns.js'

interface QrOptions {
  readonly reveal?: true
}

/** Members of a parsed QR in the order of the payload. */
const fields = ['personalNumber', 'previousIdNumber', 'fullName', 'dateOfBirth', 'sex', 'placeOfResidence', 'issueDate'] as const

/** `cccd qr`: what the code says, what is odd about it, and how it opens the chip. */
export const qr: CommandSpec<QrOptions> = {
  path: ['qr'],
  arguments: [{ name: '<payload|image>', text: 'qr.argument' }],
  options: [{ flags: '--reveal', text: 'option.reveal' }],
  text: 'qr.about',
  async run(context, options, argument = '') {
    const { parseQr } = await import('@cccd/qr')
    const { accessFromQr } = await import('@cccd/emrtd')
    const { expiryCandidates, parsePersonalNumber } = await import('@cccd/identity')
    const parsed = parseQr(await loadQr(argument, context))
    const access = accessFromQr(parsed)
    const expiries = expiryCandidates(parsed)
    const { birthPlace } = parsePersonalNumber(parsed.personalNumber, parsed)
    const reveal = options.reveal === true
    const show = (field: string, value: string): string => (reveal ? value : mask(field, value))
    context.result({
      command: 'qr',
      masked: !reveal,
      generation: parsed.generation,
      fields: Object.fromEntries(
        fields.flatMap((field) => (parsed[field] === undefined ? [] : [[field, show(field, parsed[field])]])),
      ),
      unknownFields: parsed.unknownFields.map((value) => show('unknown', value)),
      birthPlace: reveal ? birthPlace : { kind: birthPlace.kind },
      expiryCandidates: expiries.map(({ dateOfExpiry, ...rest }) => ({
        dateOfExpiry: show('dateOfExpiry', dateOfExpiry),
        ...rest,
      })),
      access: access.map((candidate) => accessJson(candidate, show)),
      findings: parsed.findings,
      exitCode: exitCodes.ok,
    })
    print(context, parsed, { access, expiries, show })
    if (!reveal) context.say(context.paint('dim', `  ${context.t('qr.masked')}`))
    return exitCodes.ok
  },
}

type Show = (field: string, value: string) => string

function accessJson(candidate: PrintedAccess, show: Show): object {
  const { protocol, password } = candidate
  if (candidate.password === 'CAN') return { protocol, password, can: show('can', candidate.value) }
  const { documentNumber, dateOfBirth, dateOfExpiry } = candidate
  return {
    protocol,
    password,
    documentNumber: show('documentNumber', documentNumber),
    dateOfBirth: show('dateOfBirth', dateOfBirth),
    dateOfExpiry: show('dateOfExpiry', dateOfExpiry),
  }
}

interface Derived {
  readonly access: readonly PrintedAccess[]
  readonly expiries: readonly ExpiryCandidate[]
  readonly show: Show
}

function print(context: Context, parsed: CardQr, { access, expiries, show }: Derived): void {
  const { t, look } = context
  const count = 7 + parsed.unknownFields.length
  context.say()
  context.say(`  ${context.paint('bold', t('qr.title'))}  ${context.paint('dim', t('qr.generation', { count }))}`)
  const empty = context.paint('dim', t('value.empty'))
  const rows = fields.map((field): [string, string] => {
    const value = parsed[field]
    const label = t(field === 'issueDate' ? 'field.dateOfIssue' : `field.${field}`)
    const text = field === 'sex' ? t(`value.${parsed.sex}`) : value
    return [label, text === undefined || text === '' ? empty : show(field, text)]
  })
  const unknown = parsed.unknownFields.map((value, i): [string, string] => [
    t('qr.unknown', { position: 7 + i }),
    value === '' ? empty : show('unknown', value),
  ])
  for (const row of columns([...rows, ...unknown], look.columns, 4)) context.say(row)
  context.say()
  context.say(`  ${context.paint('bold', t('qr.access'))}`)
  access.forEach((candidate, i) => {
    const { protocol } = candidate
    const text =
      candidate.password === 'CAN'
        ? `${t('qr.accessCan')}  ${show('can', candidate.value)}`
        : t('qr.accessMrz', {
            protocol,
            expiry: expiryText(context, show('dateOfExpiry', dateIn(expiries, candidate.dateOfExpiry))),
          })
    context.say(`    ${i + 1}. ${text}`)
  })
  printFindings(context, parsed.findings)
  context.say()
  for (const row of columns([['', t('qr.unsigned')]], look.columns, 0)) context.say(row)
}

/** The whole date behind the six digits of an MRZ key. */
function dateIn(expiries: readonly ExpiryCandidate[], digits: string): string {
  const found = expiries.find(({ dateOfExpiry }) => dateOfExpiry.replaceAll('-', '').slice(2) === digits)
  return found?.dateOfExpiry ?? 'none'
}

function expiryText({ t }: Context, value: string): string {
  return value === 'none' ? t('value.noExpiry') : value
}
