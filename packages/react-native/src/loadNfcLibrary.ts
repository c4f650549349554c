import { NfcSessionError } from './errors.js'
import type { NfcLibrary } from './NfcLibrary.js'

/** The installed `react-native-nfc-manager`, loaded when it is first needed: it throws wherever there is no React Native. */
export async function loadNfcLibrary(): Promise<NfcLibrary> {
  let loaded: unknown
  try {
    loaded = await import('react-native-nfc-manager')
  } catch (error) {
    throw new NfcSessionError('NFC_NOT_INSTALLED', 'react-native-nfc-manager cannot be loaded', { cause: error })
  }
  if (isNfcLibrary(loaded)) return loaded
  throw new NfcSessionError('NFC_NOT_INSTALLED', 'react-native-nfc-manager is not the library that was expected')
}

function isNfcLibrary(library: unknown): library is NfcLibrary {
  if (typeof library !== 'object' || library === null || !('default' in library && 'NfcError' in library)) return false
  const { default: manager, NfcError } = library
  return typeof manager === 'object' && manager !== null && 'requestTechnology' in manager && typeof NfcError === 'object'
}
