import { checkOf, equalBytes } from '@cccd/core'
import { createTrustStore, type TrustAnchor, verifyChain } from '@cccd/pki'
import { describe, expect, it } from 'vitest'
import { readVector, sharedVectors } from '../../../test-vectors/shared.js'

const sameKey = ({ certificate: a }: TrustAnchor, { certificate: b }: TrustAnchor): boolean =>
  equalBytes(a.subjectPublicKeyInfo, b.subjectPublicKeyInfo)

/** `chain.csca` of one certificate of the list under another as the only anchor, with a link at hand. */
async function outcome(trusted: TrustAnchor, { certificate: signer }: TrustAnchor, link: TrustAnchor): Promise<string> {
  const trust = await createTrustStore({ anchors: [{ certificate: trusted.raw }] })
  const { status, reason } = checkOf(
    await verifyChain({ signer, trust, at: signer.notBefore, links: [link.certificate] }),
    'chain.csca',
  )
  return reason === undefined ? status : `${status}: ${reason}`
}

describe.skipIf(sharedVectors === undefined)('links of the German list', () => {
  it('lead from the older self-signed CSCA to the newer one: 187 of 193, the rest named; and never back', async () => {
    const bytes = readVector('masterlists', 'DE_ML_2026-05-28-08-28-45.ml')
    const list = await createTrustStore({ masterLists: [{ bytes }] })
    const standings = await Promise.all(list.anchors.map(async (anchor) => ({ anchor, standing: await list.standingOf(anchor) })))
    const selfSigned = standings.filter(({ standing }) => standing.type === 'self-signed').map(({ anchor }) => anchor)
    let reached = 0
    let algorithmChanges = 0
    const rest: string[] = []
    for (const { anchor: link, standing } of standings) {
      if (standing.type !== 'link' || !link.certificate.isCa) continue
      const older = selfSigned.find((anchor) => sameKey(anchor, standing.signer))
      const newer = selfSigned.find((anchor) => sameKey(anchor, link))
      if (older === undefined || newer === undefined) {
        rest.push(`${link.certificate.country}: not self-signed in the list: ${older === undefined ? 'older' : 'newer'}`)
        continue
      }
      const forward = await outcome(older, newer, link)
      if (forward === 'passed') {
        reached++
        if (older.info.publicKey.type !== newer.info.publicKey.type) algorithmChanges++
      } else rest.push(`${link.certificate.country}: ${forward}`)
      expect([link.info.subject, await outcome(newer, older, link)]).not.toEqual([link.info.subject, 'passed'])
    }
    console.log(
      `${reached} links reached, ${algorithmChanges} of them change the key algorithm; not reached: ${rest.sort().join('; ')}`,
    )
    expect({ reached, algorithmChanges, rest: rest.length }).toEqual({ reached: 187, algorithmChanges: 11, rest: 6 })
  })
})
