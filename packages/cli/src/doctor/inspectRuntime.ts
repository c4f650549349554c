import type { Context } from '../Context.js'
import type { Diagnosis } from './Diagnosis.js'

/** Node, cryptography, randomness, image decoders, terminal. */
export async function inspectRuntime(context: Context): Promise<Diagnosis[]> {
  return [node(context), await crypto(context), random(context), await images(context), terminal(context)]
}

function node({ t }: Context): Diagnosis {
  const version = process.versions.node
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const enough = major > 20 || (major === 20 && minor >= 19)
  const text = `${version} · ${process.platform} ${process.arch}${enough ? '' : ` · ${t('doctor.runtimeOld')}`}`
  return {
    part: 'runtime',
    label: t('doctor.runtime'),
    status: enough ? 'passed' : 'failed',
    text,
    facts: { version, platform: process.platform, arch: process.arch, openssl: process.versions.openssl ?? 'none' },
  }
}

async function crypto({ t }: Context): Promise<Diagnosis> {
  const { defaultCrypto } = await import('@cccd/crypto/default')
  const backends = Object.values(defaultCrypto().backends)
  const native = backends.filter((backend) => backend === 'node').length
  const portable = backends.length - native
  return {
    part: 'crypto',
    label: t('doctor.crypto'),
    status: 'passed',
    text: t('doctor.cryptoBackends', { node: native, portable }),
    facts: { node: native, portable },
  }
}

function random({ t, io }: Context): Diagnosis {
  const works = io.random(16).length === 16
  return { part: 'random', label: t('doctor.random'), status: works ? 'passed' : 'failed', text: t('doctor.works') }
}

async function images({ t }: Context): Promise<Diagnosis> {
  const decoders = typeof WebAssembly === 'object' ? ['openjpeg', 'jpeg2000'] : ['jpeg2000']
  return {
    part: 'image.jpeg2000',
    label: t('doctor.images'),
    status: 'passed',
    text: decoders.join(', '),
    facts: { decoders: decoders.join(' ') },
  }
}

function terminal({ t, look }: Context): Diagnosis {
  const { letters, symbols, colour, columns } = look
  const parts = [letters ? 'UTF-8' : 'ASCII', t('doctor.columns', { columns }), ...(colour ? [t('doctor.colours')] : [])]
  const text = parts.join(' · ')
  return { part: 'terminal', label: t('doctor.terminal'), status: 'passed', text, facts: { letters, symbols, colour, columns } }
}
