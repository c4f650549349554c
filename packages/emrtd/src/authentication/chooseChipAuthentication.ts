import type {
  ChipAuthenticationInfo,
  ChipAuthenticationPublicKeyInfo,
  SecurityInfo,
  SessionCipher,
} from '../lds/securityInfos.js'

/** A key of DG14 and the protocol that goes with it. */
export interface ChipAuthenticationChoice {
  readonly oid: string
  readonly cipher: SessionCipher
  readonly keyId?: number
  readonly publicKeyInfo: Uint8Array
}

/** id-CA-ECDH-3DES-CBC-CBC and id-CA-DH-3DES-CBC-CBC. */
const withoutInfo = {
  ECDH: { oid: '0.4.0.127.0.7.2.2.3.2.1', cipher: '3DES' },
  DH: { oid: '0.4.0.127.0.7.2.2.3.1.1', cipher: '3DES' },
} as const
const cipherOrder: readonly SessionCipher[] = ['AES-256', 'AES-192', 'AES-128', '3DES']

/**
 * The chip authentication to run: the longest key cipher whose key is there, curves before groups modulo a prime; key and info belong
 * together by key id (Doc 9303-11, 9.2.5 and 9.2.6). A key without any info means 3DES: French passports before 2019 list the key alone.
 *
 * @returns `not-offered` when the list holds no key, `unsupported` when no key fits an info
 */
export function chooseChipAuthentication(
  infos: readonly SecurityInfo[],
): ChipAuthenticationChoice | 'not-offered' | 'unsupported' {
  const keys = infos.filter((info) => info.type === 'chip-authentication-public-key')
  const protocols = infos.filter((info) => info.type === 'chip-authentication')
  const [first] = [...keys.filter(({ agreement }) => agreement === 'ECDH'), ...keys]
  if (first === undefined) return 'not-offered'
  if (protocols.length === 0) return choice(withoutInfo[first.agreement], first)
  // Version 2 runs after Terminal Authentication, which is not part of this SDK.
  const ordered = protocols.filter(({ version }) => version === 1).sort((a, b) => place(a) - place(b))
  for (const info of ordered) {
    const candidates = keys.filter(({ agreement }) => agreement === info.agreement)
    const key = candidates.find(({ keyId }) => keyId === info.keyId) ?? onlyKey(info, candidates)
    if (key !== undefined) return choice(info, key)
  }
  return 'unsupported'
}

function place({ cipher, agreement }: ChipAuthenticationInfo): number {
  return 2 * cipherOrder.indexOf(cipher) + (agreement === 'ECDH' ? 0 : 1)
}

/** One side may leave the id out when there is nothing to tell apart. */
function onlyKey(
  info: ChipAuthenticationInfo,
  keys: readonly ChipAuthenticationPublicKeyInfo[],
): ChipAuthenticationPublicKeyInfo | undefined {
  const [only, ...others] = keys
  const nameless = info.keyId === undefined || only?.keyId === undefined
  return others.length === 0 && nameless ? only : undefined
}

function choice(
  protocol: { readonly oid: string; readonly cipher: SessionCipher; readonly keyId?: number },
  key: ChipAuthenticationPublicKeyInfo,
): ChipAuthenticationChoice {
  const keyId = key.keyId ?? protocol.keyId
  return {
    oid: protocol.oid,
    cipher: protocol.cipher,
    publicKeyInfo: key.publicKeyInfo,
    ...(keyId === undefined ? {} : { keyId }),
  }
}
