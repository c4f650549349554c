/** A response APDU (ISO/IEC 7816-4, 5.1): data and SW1 SW2 as one number. */
export interface ResponseApdu {
  readonly data: Uint8Array
  readonly sw: number
}
