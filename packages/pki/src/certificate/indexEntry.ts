import { DerCursor, encodeOid } from '@cccd/core'
import { withCode } from '../errors.js'
import { certificateLayout } from './certificateLayout.js'
import { demoExtensionOid, extensionOids, readKeyIdentifier } from './extensions.js'

/** What a trust store must know of a certificate before it is needed. */
export interface IndexEntry {
  readonly keyIdentifier: Uint8Array | undefined
  readonly isDemo: boolean
}

const keyIdentifierOid = /* @__PURE__ */ encodeOid(extensionOids.subjectKeyIdentifier)
const demoOid = /* @__PURE__ */ encodeOid(demoExtensionOid)

/**
 * The subject key identifier of a certificate, and whether it is a DEMO one, by a walk over its layout and extensions that decodes
 * nothing else: a list of hundreds is indexed in milliseconds.
 * @throws PkiError `PKI_BAD_CERTIFICATE`
 */
export function readIndexEntry(raw: Uint8Array): IndexEntry {
  return withCode('PKI_BAD_CERTIFICATE', 'certificate is malformed', () => {
    const { extensions, algorithm } = certificateLayout(raw)
    let keyIdentifier: Uint8Array | undefined
    let isDemo = false
    if (extensions === algorithm) return { keyIdentifier, isDemo }
    const cursor = new DerCursor(raw)
    const list = cursor.enter(extensions, algorithm).valueStart
    const { end } = cursor.enter(list, algorithm)
    for (let at = cursor.valueStart, next = at; at < end; at = next) {
      next = cursor.enter(at, end).end
      cursor.enter(cursor.valueStart, next)
      if (stands(raw, cursor, keyIdentifierOid)) {
        while (cursor.end < next) cursor.enter(cursor.end, next)
        keyIdentifier = readKeyIdentifier(raw.subarray(cursor.valueStart, cursor.end))
      } else if (stands(raw, cursor, demoOid)) isDemo = true
    }
    return { keyIdentifier, isDemo }
  })
}

function stands(raw: Uint8Array, { valueStart, end }: DerCursor, oid: Uint8Array): boolean {
  if (end - valueStart !== oid.length) return false
  for (let i = 0; i < oid.length; i++) if (raw[valueStart + i] !== oid[i]) return false
  return true
}
