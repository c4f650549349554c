import type { TrustMaterial, TrustStore } from '@cccd/pki'
import type { CommandSpec } from '../CommandSpec.js'
import { CliError } from '../errors.js'

export interface TrustOptions {
  readonly trust?: readonly string[]
  readonly pin?: readonly string[]
}

export const trustOptions: CommandSpec['options'] = [
  { flags: '--trust <path...>', text: 'option.trust' },
  { flags: '--pin <path...>', text: 'option.pin' },
]

/**
 * The trust store of `--trust` and `--pin`; without either it trusts nobody. Material of nothing but DEMO certificates makes
 * a store for DEMO cards; one DEMO certificate among others is refused (PkiError `PKI_DEMO_REFUSED`).
 */
export async function loadTrust(options: TrustOptions): Promise<TrustStore> {
  const { createTrustStore } = await import('@cccd/pki')
  const { loadTrustMaterial } = await import('@cccd/pki/node')
  const trusted = await loadTrustMaterial([...(options.trust ?? [])])
  const signers = await loadTrustMaterial([...(options.pin ?? [])])
  if (signers.masterLists.length > 0)
    throw new CliError('CLI_WRONG_OPTION', 'a master list is no signer', { params: { option: '--pin' } })
  const pins = signers.anchors.map(({ certificate, source }) => ({
    certificate,
    source: source ?? 'command line',
    confirmedBy: ['command line'],
  }))
  const allowDemo = await isDemoOnly(trusted, pins)
  return createTrustStore({ ...trusted, pins, allowDemo })
}

/** Whether material holds DEMO certificates and no others. */
export async function isDemoOnly(
  { anchors = [], masterLists = [] }: TrustMaterial,
  pins: readonly { readonly certificate: Uint8Array }[] = [],
): Promise<boolean> {
  const { demoExtensionOid, tryParseCertificate } = await import('@cccd/pki')
  const certificates = [...anchors, ...pins]
  const demo = certificates.filter(({ certificate }) => {
    const parsed = tryParseCertificate(certificate)
    return parsed.ok && parsed.value.extensions.some(({ oid }) => oid === demoExtensionOid)
  })
  return demo.length > 0 && demo.length === certificates.length && masterLists.length === 0
}
