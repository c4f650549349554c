import { checkOf, equalBytes } from '@cccd/core'
import { type AnchorStanding, createTrustStore, type TrustAnchor, verifyChain } from '@cccd/pki'
import { beforeAll, describe, expect, it } from 'vitest'
import { readVector, sharedVectors } from '../../../test-vectors/shared.js'

const sameKey = ({ certificate: a }: TrustAnchor, { certificate: b }: TrustAnchor): boolean =>
  equalBytes(a.subjectPublicKeyInfo, b.subjectPublicKeyInfo)

/** `chain.csca` of one certificate of the list under another as the only anchor, with certificates at hand that nobody vouches for. */
async function outcome(
  trusted: TrustAnchor,
  { certificate: signer }: TrustAnchor,
  atHand: readonly TrustAnchor[],
): Promise<string> {
  const trust = await createTrustStore({
    anchors: [{ certificate: trusted.raw }],
    certificates: atHand.map(({ raw }) => ({ certificate: raw })),
  })
  expect(trust.anchors.map(({ raw }) => raw)).toEqual([trusted.raw])
  const { status, reason } = checkOf(await verifyChain({ signer, trust, at: signer.notBefore }), 'chain.csca')
  return reason === undefined ? status : `${status}: ${reason}`
}

/** A country CA makes no documents: said of it once a way to an anchor is found on which nothing else is wrong. */
const isReached = 'failed: key-usage'

interface Link {
  readonly link: TrustAnchor
  readonly signer: TrustAnchor
  /** The self-signed certificates of both keys, where the list has them. */
  readonly older: TrustAnchor | undefined
  readonly newer: TrustAnchor | undefined
}

const named = ({ certificate: { country = '?' } }: TrustAnchor): string => country

describe.skipIf(sharedVectors === undefined)('links of the German list', () => {
  let all: { readonly anchor: TrustAnchor; readonly standing: AnchorStanding }[] = []
  let links: Link[] = []

  beforeAll(async () => {
    const bytes = readVector('masterlists', 'DE_ML_2026-05-28-08-28-45.ml')
    const list = await createTrustStore({ masterLists: [{ bytes }] })
    all = await Promise.all(list.anchors.map(async (anchor) => ({ anchor, standing: await list.standingOf(anchor) })))
    const selfSigned = all.flatMap(({ anchor, standing }) => (standing.type === 'self-signed' ? [anchor] : []))
    links = all.flatMap(({ anchor: link, standing }) => {
      if (standing.type !== 'link' || !link.certificate.isCa) return []
      const { signer } = standing
      const overKeyOf = (other: TrustAnchor) => selfSigned.find((anchor) => sameKey(anchor, other))
      return [{ link, signer, older: overKeyOf(signer), newer: overKeyOf(link) }]
    })
  })

  it('lead from the older self-signed CSCA to the newer one: 187 of 193, the rest named', async () => {
    let reached = 0
    let algorithmChanges = 0
    const rest: string[] = []
    for (const { link, older, newer } of links) {
      if (older === undefined || newer === undefined) {
        rest.push(`${named(link)}: not self-signed in the list: ${older === undefined ? 'older' : 'newer'}`)
        continue
      }
      const forward = await outcome(older, newer, [link])
      if (forward === isReached) {
        reached++
        if (older.info.publicKey.type !== newer.info.publicKey.type) algorithmChanges++
      } else rest.push(`${named(link)}: ${forward}`)
    }
    expect({ reached, algorithmChanges, rest: rest.sort() }).toEqual({
      reached: 187,
      algorithmChanges: 11,
      rest: [
        'BM: failed: country-differs',
        'GB: failed: country-differs',
        'IL: failed: path-too-long',
        'IL: not self-signed in the list: newer',
        'TR: not self-signed in the list: newer',
        'VA: failed: path-too-long',
      ],
    })
  })

  it('never lead back: with the newer CSCA only, what the older key signed is unknown, for each of the 193', async () => {
    const subjects = { signer: 0, link: 0, 'older CSCA': 0 }
    const anchors = { 'newer CSCA': 0, link: 0 }
    const verdicts: Record<string, number> = {}
    const crossed: string[] = []
    for (const { link, signer, older, newer } of links) {
      // The list holds few signers; what else the older key signed stands in for one: another link, or its own certificate.
      const others = all.flatMap(({ anchor, standing }) =>
        standing.type === 'link' && sameKey(standing.signer, signer) && anchor !== link ? [anchor] : [],
      )
      const leaf = others.find(({ certificate }) => !certificate.isCa)
      const subject = leaf ?? others.find((other) => !sameKey(other, link)) ?? older ?? link
      subjects[subject === leaf ? 'signer' : subject === older ? 'older CSCA' : 'link']++
      anchors[newer === undefined ? 'link' : 'newer CSCA']++
      const atHand = [link, ...others, older ?? signer]
      const verdict = await outcome(newer ?? link, subject, atHand)
      verdicts[verdict] = (verdicts[verdict] ?? 0) + 1
      // Five of the links have a counterpart: the newer key signed the older one, too. That one is a way, from the key that signed to the other.
      const withSigner = atHand.includes(signer) ? verdict : await outcome(newer ?? link, subject, [...atHand, signer])
      if (withSigner !== verdict) crossed.push(`${named(link)}: ${withSigner}`)
    }
    expect({ subjects, anchors, verdicts, crossed: crossed.sort() }).toEqual({
      subjects: { signer: 2, link: 10, 'older CSCA': 181 },
      // The newer keys of one link of Israel and one of Turkey are not self-signed in the list.
      anchors: { 'newer CSCA': 191, link: 2 },
      verdicts: { 'inconclusive: no-trust-anchor': 193 },
      // Bermuda and the United Kingdom certify each other, Saint Vincent and Turkey their own two keys both ways.
      crossed: [
        'BM: failed: country-differs',
        'GB: failed: country-differs',
        `TR: ${isReached}`,
        `VC: ${isReached}`,
        `VC: ${isReached}`,
      ],
    })
  })
})
