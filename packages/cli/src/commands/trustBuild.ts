import type { CommandSpec } from '../CommandSpec.js'
import { exitCodes } from '../exitCodes.js'
import { anchorOption, isDemoOnly } from '../files/loadTrust.js'
import { writeNewFile } from '../files/writeNewFile.js'

interface TrustBuildOptions {
  readonly out: string
  readonly force?: true
  readonly anchor?: readonly string[]
}

/** `cccd trust build PATH… --out FILE`: everything that is trusted as one file that loads in milliseconds. */
export const trustBuild: CommandSpec<TrustBuildOptions> = {
  path: ['trust', 'build'],
  arguments: [{ name: '<path...>', text: 'trustInspect.argument' }],
  options: [
    { flags: '--out <file>', text: 'option.outFile', required: true },
    anchorOption,
    { flags: '--force', text: 'option.forceFile' },
  ],
  text: 'trustBuild.about',
  async run(context, options, ...paths) {
    const { createTrustStore } = await import('@cccd/pki')
    const { compileTrustStore } = await import('@cccd/pki/trust')
    const { loadTrustMaterial } = await import('@cccd/pki/node')
    const material = await loadTrustMaterial(paths, { clock: context.io.clock, anchors: options.anchor ?? [] })
    const trust = await createTrustStore({ ...material, allowDemo: await isDemoOnly(material) })
    const bytes = compileTrustStore(trust)
    await writeNewFile(options.out, bytes, options.force === true)
    const { size: anchors, digest, allowDemo: demo, sources } = trust
    const others = trust.certificates.length
    context.result({
      command: 'trust build',
      anchors,
      others,
      sources,
      digest,
      demo,
      bytes: bytes.length,
      exitCode: exitCodes.ok,
    })
    context.say(context.t('trustBuild.done', { anchors, others, digest }))
    return exitCodes.ok
  },
}
