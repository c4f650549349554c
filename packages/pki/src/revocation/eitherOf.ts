import type { RevocationVerdict } from './RevocationVerdict.js'

/** What an answer and a list say together: revoked when either does, else good when either does; else why nothing is known. */
export function eitherOf(answered: RevocationVerdict, listed: RevocationVerdict): RevocationVerdict {
  if (answered.status === 'revoked' || listed.status === 'unknown') {
    const silent = answered.status === 'unknown' && answered.reason === 'no-revocation-data'
    return silent ? listed : answered
  }
  return listed.status === 'revoked' || answered.status === 'unknown' ? listed : answered
}
