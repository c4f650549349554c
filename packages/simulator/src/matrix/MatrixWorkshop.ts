import type { PrivateKeySpec } from '@cccd/crypto'
import { shiftDate } from '../issuer/shiftDate.js'
import { type CertificateDraft, type Change, encodeName, type MatrixContext, signCertificateDraft } from './CertificateDraft.js'
import { certificateDefects } from './certificateDefects.js'
import { certificateEncodings } from './certificateEncodings.js'
import { draftCertificate, type MatrixCertificateInput } from './draftCertificate.js'
import type { MatrixAuthority } from './MatrixAuthority.js'
import { type MatrixCell, verdictOfCell } from './MatrixCell.js'
import type { MatrixPlace } from './MatrixVerdict.js'
import type { MatrixDefect } from './matrixDefects.js'
import { matrixRevocationList, type RevocationListDraft } from './matrixRevocationList.js'
import { matrixSignedData, type SignedDataDraft } from './matrixSignedData.js'
import { nameEncodings } from './nameEncodings.js'
import { revocationListDefects } from './revocationListDefects.js'
import { signedDataDefects, signedDataEncodings } from './signedDataChanges.js'

/** Makes what a cell consists of: everything in its way of writing, and in one place its defect. */
export class MatrixWorkshop {
  readonly #cell: MatrixCell
  readonly #place: MatrixPlace | undefined
  readonly #at: string
  readonly #context: MatrixContext

  constructor(cell: MatrixCell, at: string, context: MatrixContext) {
    this.#cell = cell
    this.#place = verdictOfCell(cell)?.place
    this.#at = at
    this.#context = context
  }

  async certificate(
    place: MatrixPlace | 'former',
    input: Omit<MatrixCertificateInput, 'notBefore' | 'notAfter'>,
  ): Promise<MatrixAuthority> {
    const { encoding } = this.#cell
    const defect = this.#defectAt(place)
    let draft = draftCertificate({ ...input, ...this.#period(defect) }, this.#context)
    const name = encoding && nameEncodings[encoding]
    const changes: (Change<CertificateDraft> | undefined)[] = [
      name && ((named) => ({ ...named, issuer: name(named.issuer), subject: name(named.subject) })),
      encoding && certificateEncodings[encoding],
      defect && certificateDefects[defect],
    ]
    for (const change of changes) if (change !== undefined) draft = await change(draft, this.#context)
    return {
      certificate: await signCertificateDraft(draft, this.#context),
      privateKey: input.key,
      algorithm: this.#cell.algorithm,
      issuer: encodeName(draft.issuer),
      serialNumber: draft.serialNumber,
    }
  }

  message(signer: MatrixAuthority, contentType: string, content: Uint8Array, place: MatrixPlace): Promise<Uint8Array> {
    const { encoding } = this.#cell
    const defect = this.#defectAt(place)
    const changes: (Change<SignedDataDraft> | undefined)[] = [
      encoding && signedDataEncodings[encoding],
      defect && signedDataDefects[defect],
    ]
    const input = { signer, contentType, content, signingTime: shiftDate(this.#at, {}) }
    return matrixSignedData(input, changes.filter(isChange), this.#context)
  }

  revocationList(
    issuer: { readonly subject: string; readonly key: PrivateKeySpec },
    revoked: readonly Uint8Array[],
  ): Promise<Uint8Array> {
    const { encoding } = this.#cell
    const defect = this.#defectAt('revocation-list')
    const name = encoding && nameEncodings[encoding]
    const changes: (Change<RevocationListDraft> | undefined)[] = [
      name && ((draft) => ({ ...draft, issuer: name(draft.issuer) })),
      defect && revocationListDefects[defect],
    ]
    return matrixRevocationList({ issuer, revoked, at: this.#at }, changes.filter(isChange), this.#context)
  }

  #defectAt(place: MatrixPlace | 'former'): MatrixDefect | undefined {
    return place === this.#place ? this.#cell.defect : undefined
  }

  #period(defect: MatrixDefect | undefined): { readonly notBefore: Date; readonly notAfter: Date } {
    const [from, to] = defect === 'expired' ? [-3, -1] : defect === 'not-yet-valid' ? [1, 5] : [-1, 5]
    return { notBefore: shiftDate(this.#at, { years: from }), notAfter: shiftDate(this.#at, { years: to }) }
  }
}

function isChange<Draft>(change: Change<Draft> | undefined): change is Change<Draft> {
  return change !== undefined
}
