import type { CryptoPort, CurveName, DhGroupName, KeyAgreementGroup } from '@cccd/crypto'

/** What keys are agreed in. */
export type GroupName = CurveName | DhGroupName

/** A standardised set of domain parameters (Doc 9303-11, 9.5.1). */
export interface PaceParameters {
  readonly id: number
  readonly agreement: 'DH' | 'ECDH'
  readonly group: GroupName
  /** Bits of the field: what several offers are ordered by. */
  readonly bits: number
  /** TR-03110-3, A.2.1.1 advises against these. */
  readonly deprecated?: true
}

const dh = (id: number, group: DhGroupName, bits: number): PaceParameters => ({ id, agreement: 'DH', group, bits })
const ecdh = (id: number, group: CurveName, bits: number): PaceParameters => ({ id, agreement: 'ECDH', group, bits })

/** Parameter id → parameters. 3 to 7 and 19 to 31 are reserved. */
export const paceParameters: ReadonlyMap<number, PaceParameters> = /* @__PURE__ */ new Map(
  [
    { ...dh(0, 'rfc5114-1024-160', 1024), deprecated: true } as const,
    dh(1, 'rfc5114-2048-224', 2048),
    dh(2, 'rfc5114-2048-256', 2048),
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
  ].map((parameters) => [parameters.id, parameters]),
)

/** The standardised parameters of a group, written out or not. Undefined for a curve that PACE does not know (brainpoolP160r1). */
export function parametersOfGroup(group: GroupName): PaceParameters | undefined {
  for (const parameters of paceParameters.values()) if (parameters.group === group) return parameters
  return undefined
}

export function groupOf(crypto: CryptoPort, group: GroupName): KeyAgreementGroup {
  return isDhGroup(group) ? crypto.dhGroup(group) : crypto.curve(group)
}

function isDhGroup(group: GroupName): group is DhGroupName {
  return group.startsWith('rfc5114')
}
