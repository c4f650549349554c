import type { Context } from '../Context.js'
import type { Diagnosis } from './Diagnosis.js'

/** PC/SC: which bindings load and why not the others, whether the daemon answers, which readers are there. */
export async function inspectReaders({ t, language }: Context): Promise<Diagnosis[]> {
  const { diagnosePcsc } = await import('@cccd/pcsc')
  const { messages } = await import('@cccd/pcsc/messages')
  const { bindings, chosen, service, readers } = await diagnosePcsc()
  const lines = bindings.map(({ name, status }): Diagnosis => {
    const works = status === 'loaded'
    return {
      part: `pcsc.binding.${name}`,
      label: t('doctor.binding', { name }),
      status: works ? 'passed' : chosen === undefined ? 'failed' : 'not-performed',
      text: works ? t(name === chosen ? 'doctor.chosen' : 'doctor.works') : isProblem(status) ? t(`doctor.${status}`) : status,
      facts: { status, chosen: name === chosen },
    }
  })
  const running = service === 'running'
  lines.push({
    part: 'pcsc.service',
    label: t('doctor.daemon'),
    status: running ? 'passed' : 'failed',
    text:
      service === 'running'
        ? t('doctor.works')
        : service === 'not-asked'
          ? t('doctor.notAsked')
          : `${messages[service][language]} (${service})`,
    facts: { status: service },
  })
  if (readers.length === 0)
    lines.push({ part: 'pcsc.readers', label: t('doctor.readers'), status: 'not-performed', text: t('doctor.noReader') })
  for (const { name, card, inUse } of readers)
    lines.push({
      part: 'pcsc.reader',
      label: t('doctor.reader'),
      status: 'passed',
      text: [name, t(`doctor.card.${card}`), ...(inUse ? [t('doctor.inUse')] : [])].join(' · '),
      facts: { name, card, inUse },
    })
  return lines
}

const problems = ['not-installed', 'native-part-missing', 'native-part-unloadable', 'unexpected-shape'] as const

function isProblem(status: string): status is (typeof problems)[number] {
  return problems.some((known) => known === status)
}
