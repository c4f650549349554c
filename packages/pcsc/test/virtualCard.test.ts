import { accessFromCan, type ChipReading, createPartialReading, type ReadChipOptions, readChip } from '@cccd/emrtd'
import { type CardChannel, extendedLimits, shortLimits } from '@cccd/iso7816'
import { loadBinding, openPcsc, type Pcsc, type PcscBinding } from '@cccd/pcsc'
import { type CardImage, createIssuer, personalise, seededRandom, syntheticCitizen, virtualCard } from '@cccd/simulator'
import { serveVpcd, type VpcdServer } from '@cccd/simulator/node'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { lockPcsc, type PcscStack, pcscUnavailable, startPcsc, stopPcsc } from '../../../.ci/pcsc/stack.mjs'

const unavailable = pcscUnavailable()
const bindings = ['pcsclite', 'pcsc-mini'] as const
const loads = new Map(
  await Promise.all(
    bindings.map(
      async (name) =>
        [
          name,
          await loadBinding(name).then(
            () => true,
            () => false,
          ),
        ] as const,
    ),
  ),
)
const files = ['DG1', 'DG2', 'DG13'] as const
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error: unknown) => error,
  )

/** A library that cannot ask drivers. */
async function silentAboutLength(name: (typeof bindings)[number]): Promise<PcscBinding> {
  const binding = await loadBinding(name)
  return {
    name: binding.name,
    open(listener) {
      const session = binding.open(listener)
      return {
        connect: async (reader, options) => {
          const card = await session.connect(reader, options)
          const { answerToReset } = card
          return {
            ...(answerToReset === undefined ? {} : { answerToReset }),
            transmit: (command, maxResponseLength) => card.transmit(command, maxResponseLength),
            disconnect: () => card.disconnect(),
          }
        },
        close: () => session.close(),
      }
    },
  }
}

describe.skipIf(unavailable !== undefined)('the software card in a real reader', () => {
  let release: (() => void) | undefined
  let image: CardImage
  beforeAll(async () => {
    release = await lockPcsc()
    await stopPcsc()
    const random = seededRandom('pcsc')
    const issuer = await createIssuer({ random, at: '2026-01-15T00:00:00Z' })
    image = await personalise(issuer, syntheticCitizen(random), { random })
  }, 700_000)
  afterAll(async () => {
    await stopPcsc()
    release?.()
  })

  describe.each(bindings.filter((name) => loads.get(name)).map((binding) => ({ binding })))('$binding', ({ binding }) => {
    let stack: PcscStack
    let pcsc: Pcsc
    let served: VpcdServer

    beforeEach(async () => {
      stack = await startPcsc()
      pcsc = await openPcsc({ binding })
      await insert()
    })
    afterEach(async () => {
      await pcsc.close()
      await served.close()
      const after = await openPcsc({ binding })
      while (after.readers().some(({ card }) => card !== 'absent')) await wait(20)
      await after.close()
    })

    async function insert(): Promise<void> {
      const [reader] = stack.readers
      served = await serveVpcd(virtualCard(image), { host: reader?.host ?? '', port: reader?.port ?? 0 })
    }
    async function connected(limits = extendedLimits): Promise<CardChannel> {
      const { name } = await pcsc.waitForCard({ deadline: 5000 })
      return pcsc.connect({ reader: name, limits })
    }
    const read = (channel: CardChannel, more: Partial<ReadChipOptions> = {}): Promise<ChipReading> =>
      readChip(channel, { access: accessFromCan(image.can), files, ...more })
    const sameFiles = (reading: ChipReading): void => {
      for (const name of ['SOD', 'DG14', ...files] as const) expect(reading.files[name], name).toEqual(image.files[name])
    }

    it('is read whole', async () => {
      sameFiles(await read(await connected(), { activeAuthentication: { challenge: new Uint8Array(8).fill(7) } }))
    })

    it('is read in a reader for short APDUs, which says so, and in one that does not, once it has been learnt', async () => {
      await pcsc.close()
      await served.close()
      await stopPcsc()
      stack = await startPcsc({ short: true })
      pcsc = await openPcsc({ binding })
      await insert()
      const { name } = await pcsc.waitForCard({ deadline: 5000 })
      const channel = await pcsc.connect({ reader: name })
      expect(channel.limits).toEqual(shortLimits)
      sameFiles(await read(channel))
      await channel.close()
      await pcsc.close()

      const silent = await silentAboutLength(binding)
      pcsc = await openPcsc({ binding: silent })
      const into = createPartialReading()
      const tap = async (): Promise<ChipReading> => read(await pcsc.connect({ reader: name }), { into })
      expect(await failure(tap())).toMatchObject({ code: 'LINK_LOST', retryable: true })
      await pcsc.waitForCard({ deadline: 5000 })
      sameFiles(await tap())
      await pcsc.close()
      await served.close()
      await stopPcsc()
      stack = await startPcsc()
      pcsc = await openPcsc({ binding })
      await insert()
    })

    it('is pulled out in the middle of DG2, and read on from there', async () => {
      const into = createPartialReading()
      let pulled: Promise<void> | undefined
      const error = await failure(
        read(await connected(shortLimits), {
          into,
          onProgress: ({ file, bytesRead }) => {
            if (file === 'DG2' && (bytesRead ?? 0) > 1000) pulled ??= served.close()
          },
        }),
      )
      expect(pulled).toBeDefined()
      expect(error).toMatchObject({ code: 'LINK_LOST', retryable: true })
      while (pcsc.readers().some(({ card }) => card !== 'absent')) await wait(20)
      await insert()
      sameFiles(await read(await connected(), { into }))
    })

    it('outlives the death of the daemon in the middle of DG2', async () => {
      const into = createPartialReading()
      let killed: Promise<boolean> | undefined
      const error = await failure(
        read(await connected(shortLimits), {
          into,
          onProgress: ({ file, bytesRead }) => {
            if (file === 'DG2' && (bytesRead ?? 0) > 1000) killed ??= stopPcsc({ signal: 'SIGKILL' })
          },
        }),
      )
      expect(await killed).toBe(true)
      expect(error).toMatchObject({ code: 'LINK_LOST', retryable: true })
      expect(await failure(pcsc.connect())).toMatchObject({ code: 'PCSC_SERVICE_LOST' })
      await pcsc.close()
      stack = await startPcsc()
      pcsc = await openPcsc({ binding })
      await insert()
      sameFiles(await read(await connected(), { into }))
    })
  })
})
