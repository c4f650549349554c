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

/** id-CA-ECDH-3DES-CBC-CBC. */
const withoutInfo = { oid: '0.4.0.127.0.7.2.2.3.2.1', cipher: '3DES' } as const
const cipherOrder: readonly SessionCipher[] = ['AES-256', 'AES-192', 'AES-128', '3DES']

/**
 * The chip authentication to run: the longest key cipher over an elliptic curve whose key is there; key and info belong together by
 * key id (Doc 9303-11, 9.2.5 and 9.2.6). A key without any info means 3DES: French passports before 2019 list the key alone.
 *
 * @returns `not-offered` when the list holds no key, `unsupported` when every key is one of Diffie-Hellman over a prime field, or
 * none of them fits an info
 */
export function chooseChipAuthentication(
  infos: readonly SecurityInfo[],
): ChipAuthenticationChoice | 'not-offered' | 'unsupported' {
  const keys = infos.filter((info) => info.type === 'chip-authentication-public-key')
  const protocols = infos.filter((info) => info.type === 'chip-authentication')
  if (keys.length === 0) return 'not-offered'
  const curves = keys.filter((key) => key.agreement === 'ECDH')
  const [first] = curves
  if (protocols.length === 0 && first !== undefined) return choice(withoutInfo, first)
  const usable = protocols.filter((info) => info.version === 1 && info.agreement === 'ECDH')
  const ordered = [...usable].sort((a, b) => cipherOrder.indexOf(a.cipher) - cipherOrder.indexOf(b.cipher))
  for (const info of ordered) {
    const key = curves.find((candidate) => candidate.keyId === info.keyId) ?? onlyKey(info, curves)
    if (key !== undefined) return choice(info, key)
  }
  return 'unsupported'
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
