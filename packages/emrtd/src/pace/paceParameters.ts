import type { CurveName } from '@cccd/crypto'

/** A standardised set of domain parameters (Doc 9303-11, 9.5.1). */
export interface PaceParameters {
  readonly id: number
  readonly agreement: 'DH' | 'ECDH'
  readonly curve?: CurveName
  /** Bits of the field: what several offers are ordered by. */
  readonly bits: number
  /** TR-03110-3, A.2.1.1 advises against these. */
  readonly deprecated?: true
}

const ecdh = (id: number, curve: CurveName, bits: number): PaceParameters => ({ id, agreement: 'ECDH', curve, bits })

/** Parameter id → parameters. 3 to 7 and 19 to 31 are reserved. */
export const paceParameters: ReadonlyMap<number, PaceParameters> = /* @__PURE__ */ new Map(
  [
    { id: 0, agreement: 'DH', bits: 1024, deprecated: true } as const,
    { id: 1, agreement: 'DH', bits: 2048 } as const,
    { id: 2, agreement: 'DH', bits: 2048 } as const,
    { ...ecdh(8, 'P-192', 192), deprecated: true } as const,
    { ...ecdh(9, 'brainpoolP192r1', 192), deprecated: true } as const,
    ecdh(10, 'P-224', 224),
    ecdh(11, 'brainpoolP224r1', 224),
    ecdh(12, 'P-256', 256),
    ecdh(13, 'brainpoolP256r1', 256),
    ecdh(14, 'brainpoolP320r1', 320),
    ecdh(15, 'P-384', 384),
    ecdh(16, 'brainpoolP384r1', 384),
    ecdh(17, 'brainpoolP512r1', 512),
    ecdh(18, 'P-521', 521),
  ].map((parameters: PaceParameters) => [parameters.id, parameters]),
)
