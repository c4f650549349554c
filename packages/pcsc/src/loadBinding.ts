import type { PcscBinding } from './bindings/PcscBinding.js'
import { pcscliteBinding } from './bindings/pcsclite.js'
import type { PcscliteModule } from './bindings/pcscliteNative.js'
import { type PcscMiniModule, pcscMiniBinding } from './bindings/pcscMini.js'
import { PcscError } from './errors.js'

export type BindingName = 'pcsclite' | 'pcsc-mini'

/** Why a library cannot be used here. */
export type BindingProblem =
  | 'not-installed'
  | 'native-part-missing'
  | 'native-part-unloadable'
  | 'unexpected-shape'
  | (string & {})

/** In the order of preference: the compiled one where it is built, else the prebuilt one. */
export const bindingNames: readonly BindingName[] = ['pcsclite', 'pcsc-mini']

/**
 * A PC/SC library behind our interface. Both are optional dependencies.
 *
 * @param name `auto` takes `pcsclite` where it is built, else `pcsc-mini`
 * @throws PcscError `PCSC_NO_BINDING`; `params` has the reason for each that was tried
 * @example const binding = await loadBinding('auto')
 */
export async function loadBinding(name: 'auto' | BindingName = 'auto'): Promise<PcscBinding> {
  if (name !== 'auto' && !bindingNames.includes(name)) throw new RangeError('name must be auto, pcsclite or pcsc-mini')
  const params: Record<string, string> = {}
  for (const candidate of name === 'auto' ? bindingNames : [name]) {
    const outcome = await tryBinding(candidate)
    if (typeof outcome !== 'string') return outcome
    params[candidate] = outcome
  }
  throw new PcscError('PCSC_NO_BINDING', 'no PC/SC library can be used', { params })
}

/** The binding, or why there is none. */
export async function tryBinding(name: BindingName): Promise<PcscBinding | BindingProblem> {
  // Not a literal: neither the compiler nor a bundler may insist on an optional package.
  const specifier: string = name
  let loaded: unknown
  try {
    loaded = await import(specifier)
  } catch (error) {
    return problemOf(error, name)
  }
  const library = typeof loaded === 'object' && loaded !== null && 'default' in loaded ? loaded.default : loaded
  if (name === 'pcsclite') return isPcsclite(library) ? pcscliteBinding(library) : 'unexpected-shape'
  return isPcscMini(library) ? pcscMiniBinding(library) : 'unexpected-shape'
}

function problemOf(error: unknown, name: BindingName): BindingProblem {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ERR_DLOPEN_FAILED') return 'native-part-unloadable'
  if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND')
    return error instanceof Error && error.message.includes(`'${name}'`) ? 'not-installed' : 'native-part-missing'
  return 'native-part-missing'
}

function isPcsclite(library: unknown): library is PcscliteModule {
  return typeof library === 'function'
}

function isPcscMini(library: unknown): library is PcscMiniModule {
  return typeof library === 'object' && library !== null && 'Client' in library && typeof library.Client === 'function'
}
