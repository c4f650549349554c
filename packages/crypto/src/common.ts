export { CryptoError, type CryptoErrorCode, cryptoErrorCodes } from './CryptoError.js'
export { constantTimeEqual } from './constantTimeEqual.js'
export { curveByOid } from './curves/curveByOid.js'
export { curveParameters } from './curves/curveParameters.js'
export type { CurveParameters } from './curves/curveTable.js'
export { type ExplicitCurve, matchCurve } from './curves/matchCurve.js'
export { dhGroupParameters } from './dh/dhGroupParameters.js'
export type { DhGroupParameters } from './dh/dhGroupTable.js'
export { type ExplicitDhGroup, matchDhGroup } from './dh/matchDhGroup.js'
export { hashLength } from './hash/hashLength.js'
export { type Iso9796Outcome, type Iso9796Trailer, recoverIso9796_2 } from './iso9796/recoverIso9796_2.js'
export { signIso9796_2 } from './iso9796/signIso9796_2.js'
export { padIso9797Method2 } from './iso9797/padIso9797Method2.js'
export { unpadIso9797Method2 } from './iso9797/unpadIso9797Method2.js'
export type { GenerateKeyPair, KeyPairRequest } from './keyPairGenerator.js'
export type {
  AesPort,
  CryptoPort,
  CurveName,
  CurvePort,
  DhGroupName,
  DhGroupPort,
  HashAlgorithm,
  IncrementalHash,
  KeyAgreementGroup,
  PrivateKey,
  PrivateKeySpec,
  PublicKey,
  PublicKeySpec,
  RandomSource,
  SignatureScheme,
  TripleDesPort,
} from './port.js'
export { curveNames, dhGroupNames, hashAlgorithms } from './port.js'
export { publicKeyOf } from './publicKeyOf.js'
export { systemRandom } from './systemRandom.js'
