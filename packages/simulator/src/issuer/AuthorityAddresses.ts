/** Where an issuer's certificates say that it publishes what: absolute addresses. */
export interface AuthorityAddresses {
  /** cRLDistributionPoints (RFC 5280 4.2.1.13). */
  readonly lists?: string
  /** id-ad-ocsp of authorityInfoAccess (4.2.2.1). */
  readonly ocsp?: string
  /** id-ad-caIssuers of authorityInfoAccess: certificates of the issuer. */
  readonly issuers?: string
}
