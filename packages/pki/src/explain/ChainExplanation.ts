import type { CheckData, CheckStatus, Finding } from '@cccd/core'
import type { CertificateInfo } from '../certificate/describeCertificate.js'
import type { ChainCheckId } from '../chain/chainReasons.js'
import type { ChainResult } from '../chain/verifyChain.js'

/** One step of a verdict. Open: later versions may add some. */
export type ExplanationStep =
  | ChainCheckId
  | 'certificate'
  | 'issuer-signature'
  | 'issuer-unknown'
  | 'own-signature'
  | 'authority'
  | 'critical-extensions'
  | 'key-usage'
  | 'demo'
  | 'country'
  | 'scope'
  | 'document-types'
  | 'path-length'
  | 'profile'
  | 'revocation'
  | 'validity'
  | 'pin'

/** A step, what became of it, and the steps that it rests on. Plain data. */
export interface ExplanationNode {
  readonly step: ExplanationStep
  readonly status: CheckStatus
  /** Why the step has its status, in the codes of the checks. */
  readonly reason?: string
  /** The clause that asks for the step. */
  readonly clause?: string
  /** SHA-256 of the certificate that the step is about, hexadecimal. */
  readonly certificate?: string
  /** Where that certificate came from: names of files and lists. */
  readonly sources?: readonly string[]
  readonly data?: CheckData
  readonly findings?: readonly Finding[]
  readonly children: readonly ExplanationNode[]
}

/** A certificate of the path with its part in it. */
export interface ExplainedCertificate {
  readonly role: 'signer' | 'link' | 'csca'
  readonly fingerprint: string
  readonly sources: readonly string[]
  readonly info: CertificateInfo
}

/** The verdict of `verifyChain` with everything that it rests on. Plain data, without personal data. */
export interface ChainExplanation {
  readonly at: string
  readonly signingTime?: string
  /** Digest of the trust store that was asked. */
  readonly trustDigest: string
  readonly result: ChainResult
  /** The signer first, then links, then the CSCA and who signed that. */
  readonly certificates: readonly ExplainedCertificate[]
  /** One tree for each check of the result, in the same order. */
  readonly tree: readonly ExplanationNode[]
}
