import { PcscError, type PcscErrorCode } from './errors.js'
import { type BindingName, type BindingProblem, bindingNames, tryBinding } from './loadBinding.js'
import { openPcsc } from './openPcsc.js'
import type { ReaderInfo } from './ReaderInfo.js'

export interface BindingDiagnosis {
  readonly name: BindingName
  readonly status: 'loaded' | BindingProblem
}

/** What works here and why not the rest. */
export interface PcscDiagnosis {
  readonly bindings: readonly BindingDiagnosis[]
  /** The one that `auto` takes; absent when none loads. */
  readonly chosen?: BindingName
  /** `not-asked` when no binding loads. */
  readonly service: 'running' | 'not-asked' | PcscErrorCode
  readonly readers: readonly ReaderInfo[]
}

/** Looks at libraries, service and readers, for `cccd doctor`. Never rejects. */
export async function diagnosePcsc(): Promise<PcscDiagnosis> {
  const bindings: BindingDiagnosis[] = []
  for (const name of bindingNames) {
    const outcome = await tryBinding(name)
    bindings.push({ name, status: typeof outcome === 'string' ? outcome : 'loaded' })
  }
  const chosen = bindings.find(({ status }) => status === 'loaded')?.name
  if (chosen === undefined) return { bindings, service: 'not-asked', readers: [] }
  try {
    const pcsc = await openPcsc({ binding: chosen })
    const readers = pcsc.readers()
    await pcsc.close()
    return { bindings, chosen, service: 'running', readers }
  } catch (error) {
    return { bindings, chosen, service: error instanceof PcscError ? error.code : 'PCSC_FAILED', readers: [] }
  }
}
