import type { PlainData } from '@cccd/core'
import { type TracedOptions, traceContext } from '@cccd/emrtd'
import type { Trace } from '@cccd/iso7816'
import { demoExtensionOid, tryParseCertificate } from '@cccd/pki'

/** What a scrubbed trace keeps: the options of the read, and the country CAs of its DEMO. */
export function demoContext(options: TracedOptions, anchors: readonly Uint8Array[]): PlainData {
  return { ...(traceContext(options) as Readonly<Record<string, PlainData>>), anchors: [...anchors] }
}

/**
 * The country CAs that a scrubbed trace brings with it, DER, for a trust store with `allowDemo`. None for any other trace: what comes
 * with a recording of a real card is not to be trusted.
 */
export function demoAnchors({ scrubbed, context }: Trace): readonly Uint8Array[] {
  const anchors =
    scrubbed && typeof context === 'object' && context !== null && 'anchors' in context ? context.anchors : undefined
  return Array.isArray(anchors) ? anchors.filter(isDemo) : []
}

/** Only what no real trust store takes: the mark of a scrub is anybody's to write. */
function isDemo(anchor: PlainData): anchor is Uint8Array {
  if (!(anchor instanceof Uint8Array)) return false
  const parsed = tryParseCertificate(anchor)
  return parsed.ok && parsed.value.extensions.some(({ oid, critical }) => oid === demoExtensionOid && critical)
}
