import type { TrustMaterial, TrustStore } from '@cccd/pki'
import type { CommandSpec } from '../CommandSpec.js'
import type { Context } from '../Context.js'

export interface TrustOptions {
  readonly trust?: readonly string[]
  readonly anchor?: readonly string[]
  readonly pin?: readonly string[]
  readonly allowDemo?: true
}

export const anchorOption = { flags: '--anchor <file...>', text: 'option.anchor' } as const

export const trustOptions: CommandSpec['options'] = [
  { flags: '--trust <path...>', text: 'option.trust' },
  anchorOption,
  { flags: '--pin <file...>', text: 'option.pin' },
  { flags: '--allow-demo', text: 'option.allowDemo' },
]

/**
 * The trust store of `--trust`, `--anchor` and `--pin`; without any it trusts nobody. Material of nothing but DEMO certificates makes
 * a store for DEMO cards; one DEMO certificate among others is refused (PkiError `PKI_DEMO_REFUSED`).
 */
export async function loadTrust(options: TrustOptions, { io }: Context): Promise<TrustStore> {
  const { createTrustStore } = await import('@cccd/pki')
  const { loadTrustMaterial, readPinFile } = await import('@cccd/pki/node')
  const { pinsOf } = await import('@cccd/pki/trust')
  const trusted = await loadTrustMaterial(options.trust ?? [], { clock: io.clock, anchors: options.anchor ?? [] })
  const pins = (await Promise.all((options.pin ?? []).map(readPinFile))).flatMap(pinsOf)
  const nobody = trusted.anchors.length + trusted.masterLists.length === 0
  const allowDemo = nobody ? options.allowDemo === true : await isDemoOnly(trusted)
  return createTrustStore({ ...trusted, pins, allowDemo })
}

/** Whether material holds DEMO certificates and no others. */
export async function isDemoOnly({ anchors = [], masterLists = [] }: TrustMaterial): Promise<boolean> {
  const { demoExtensionOid, tryParseCertificate } = await import('@cccd/pki')
  const demo = anchors.filter(({ certificate }) => {
    const parsed = tryParseCertificate(certificate)
    return parsed.ok && parsed.value.extensions.some(({ oid }) => oid === demoExtensionOid)
  })
  return demo.length > 0 && demo.length === anchors.length && masterLists.length === 0
}
