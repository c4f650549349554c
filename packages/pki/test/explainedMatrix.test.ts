import { createTrustStore, parseCertificate, verifyChain } from '@cccd/pki'
import { explainChain } from '@cccd/pki/explain'
import { defaultProfilePolicy, strictProfilePolicy } from '@cccd/pki/profile'
import { parseRevocationList } from '@cccd/pki/revocation'
import type { MatrixCell } from '@cccd/simulator'
import { describe, expect, it } from 'vitest'
import { at, cells, issueCell, nameOf } from '../../simulator/test/support/matrix.js'
import { contradictions } from './impliedVerdict.js'

const full = process.env.CCCD_TEST === 'full'

/** Signers of lists and what they sign are no part of a chain. */
const inChain = ({ defect, place }: MatrixCell): boolean =>
  defect === undefined || ['signer', 'csca', 'link', 'revocation-list'].includes(place ?? '')

/** Every way of writing and every defect of a chain, over the fastest curve; all of them where there is time. */
const sample = cells.filter((cell) => {
  const { algorithm } = cell
  const fastest =
    algorithm.type === 'ec' && algorithm.curve === 'P-256' && algorithm.hash === 'sha256' && algorithm.form === 'explicit'
  return full || (fastest && inChain(cell))
})

describe(`explanations of ${sample.length} of the ${cells.length} cells of the matrix`, () => {
  it.each(sample.map((cell) => [nameOf(cell), cell] as const))('%s', async (_, cell) => {
    const issuer = await issueCell(cell)
    const lists = [parseRevocationList(issuer.revocationList)]
    const wrong: string[] = []
    for (const anchors of [[issuer.csca.certificate], [issuer.former.certificate], [issuer.former.certificate, issuer.link], []])
      for (const [index, profile] of [undefined, defaultProfilePolicy, strictProfilePolicy].entries()) {
        const trust = await createTrustStore({
          anchors: anchors.map((certificate) => ({ certificate })),
          certificates: [{ certificate: issuer.link }],
          allowDemo: true,
        })
        const options = {
          signer: parseCertificate(issuer.signer.certificate),
          trust,
          at,
          signingTime: at,
          document: { country: 'VNM', type: index === 2 ? 'P' : 'ID' },
          revocation: { policy: (['off', 'prefer', 'require'] as const)[index] ?? 'off', lists },
          ...(profile && { profile }),
        }
        const explanation = await explainChain(options)
        expect(explanation.result).toEqual(await verifyChain(options))
        wrong.push(...contradictions(explanation))
      }
    expect(wrong).toEqual([])
  })
})
