import { concatBytes } from '@cccd/core'
import { nodeCrypto } from '@cccd/crypto/node'
import { portableCrypto } from '@cccd/crypto/portable'
import { createTrustStore, parseCertificate, parseMasterList } from '@cccd/pki'
import { compileTrustStore, loadTrustStore } from '@cccd/pki/trust'
import { createIssuer, seededRandom } from '@cccd/simulator'
import { readVector, sharedVectors } from '../test-vectors/shared.js'
import { median, table, timed } from './table.js'

// A compiled trust store of 1,000 certificates: those of the German and Italian lists, filled up with DEMO country CAs. Loading is
// from bytes in memory to a store that can be asked, every time another copy of the bytes; finding is by key identifier, and by
// subject once the names are indexed. Medians; the first load of the process, with everything cold, stands by itself.

const wanted = 1000
const rounds = 60

async function certificates(): Promise<Uint8Array[]> {
  const lists =
    sharedVectors === undefined
      ? []
      : ['DE_ML_2026-05-28-08-28-45.ml', 'IT_MasterListCSCA_2023-07-31.ml'].flatMap(
          (name) => parseMasterList(readVector('masterlists', name)).certificates,
        )
  const different = (await createTrustStore({ anchors: lists.map((certificate) => ({ certificate })) })).anchors.map(
    ({ raw }) => raw,
  )
  for (let index = 0; different.length < wanted; index++)
    different.push((await createIssuer({ random: seededRandom(`authority ${index}`), at: '2026-01-01' })).csca.certificate)
  return different.slice(0, wanted)
}

const anchors = (await certificates()).map((certificate) => ({ certificate, source: 'bench' }))
const rows: string[][] = [['backend', 'load, first', 'load', 'find by key identifier', 'find by name, first', 'find by name']]
for (const crypto of [nodeCrypto(), portableCrypto()]) {
  const compiled = compileTrustStore(await createTrustStore({ anchors, allowDemo: true, crypto }))
  const loads: number[] = []
  let trust = await createTrustStore()
  for (let round = 0; round < rounds; round++) {
    const bytes = concatBytes(compiled)
    loads.push(
      await timed(async () => {
        trust = await loadTrustStore(bytes, { crypto, allowDemo: true })
      }),
    )
  }
  if (trust.size !== wanted) throw new Error('the store is not whole')
  const asked = anchors.map(({ certificate }) => parseCertificate(certificate))
  const byKey = asked.map((certificate) => {
    const { keyIdentifier } = certificate
    const start = performance.now()
    trust.anchorsWithKeyIdentifier(keyIdentifier)
    return performance.now() - start
  })
  const byName: number[] = []
  for (const { subject } of asked) byName.push(await timed(() => trust.anchorsNamed(subject)))
  rows.push([
    crypto.name,
    `${loads[0]?.toFixed(1)} ms`,
    `${median(loads).toFixed(1)} ms`,
    `${(1000 * median(byKey)).toFixed(1)} µs`,
    `${byName[0]?.toFixed(1)} ms`,
    `${(1000 * median(byName)).toFixed(1)} µs`,
  ])
}
table(`A compiled trust store of ${wanted} certificates`, rows)
