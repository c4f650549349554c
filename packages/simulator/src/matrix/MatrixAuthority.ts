import type { DemoAuthority } from '../issuer/DemoIssuer.js'

/** A key with its certificate, and what names that certificate: a broken one cannot be asked. */
export interface MatrixAuthority extends DemoAuthority {
  /** DER of the issuer's name. */
  readonly issuer: Uint8Array
  /** Content of the INTEGER. */
  readonly serialNumber: Uint8Array
}
