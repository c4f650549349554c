import { defaultCrypto } from '@cccd/crypto/default'
import { certificateFingerprint, tryParseCertificate } from '@cccd/pki'
import { expect, it } from 'vitest'
import { makeCountry } from '../demoCountry.js'

/** The same signed certificate in other bytes has another fingerprint: a withdrawn pin would not be found for it. */
it('refuses a signature with unused bits', async () => {
  const { signer } = await makeCountry()
  const parsed = tryParseCertificate(signer)
  if (!parsed.ok) throw parsed.error
  const copy = signer.slice()
  // BIT STRING: the octet before the signature counts unused bits.
  const at = signer.length - parsed.value.signature.length - 1
  expect(copy[at]).toBe(0)
  copy[at] = 1
  expect(certificateFingerprint({ raw: copy }, defaultCrypto())).not.toBe(
    certificateFingerprint({ raw: signer }, defaultCrypto()),
  )
  expect(tryParseCertificate(copy)).toMatchObject({ ok: false, error: { code: 'PKI_BAD_CERTIFICATE' } })
})
