import { readDg2 } from '../lds/parseDg2.js'
import type { Claims } from './identityFields.js'
import type { OpenFile } from './OpenFile.js'

/** The portrait of DG2, loaded where a reading has one. */
export function portraitClaims(open: OpenFile): Claims[] {
  const faces = open('DG2', readDg2)?.faces
  return faces === undefined ? [] : [{ source: 'DG2', values: { portrait: faces[0] } }]
}
