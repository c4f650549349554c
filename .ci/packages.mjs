// The one table of the house: floor, entries and dependencies of every package.
// The floor check, the bundler, the manifests and the packaging tests all read it.

/**
 * @typedef {{ floor: number, runtime: 'any' | 'node', description: string,
 *   entries: Record<string, string | { node: string, default: string }>,
 *   dependencies?: Record<string, string>, optional?: Record<string, string>, optionalPeers?: Record<string, string>, expoPlugin?: string, bin?: string }} PackageEntry
 */

/** @type {Record<string, PackageEntry>} */
export const packages = {
  core: {
    floor: 1,
    runtime: 'any',
    description: 'Bytes, strict UTF-8, BER-TLV and DER, coded errors, checks, findings, redaction and codecs of the CCCD SDK',
    entries: { '.': 'index', './messages': 'messages' },
  },
  identity: {
    floor: 2,
    runtime: 'any',
    description: 'What a Vietnamese identity is: personal number, places, names, dates, expiry rule',
    entries: { '.': 'index', './messages': 'messages' },
  },
  iso7816: {
    floor: 2,
    runtime: 'any',
    description: 'APDUs, status words, CardChannel, recording and replay',
    entries: { '.': 'index', './messages': 'messages' },
  },
  crypto: {
    floor: 2,
    runtime: 'any',
    description: 'The primitives that chips and certificates use, portable and Node backends behind one port',
    entries: {
      '.': { node: 'index.node', default: 'index' },
      './default': { node: 'default.node', default: 'default' },
      './portable': 'portable/index',
      './node': 'node/index',
      './messages': 'messages',
    },
    dependencies: { '@noble/ciphers': '2.4.0', '@noble/curves': '2.4.0', '@noble/hashes': '2.4.0', 'node-forge': '1.4.3' },
  },
  image: {
    floor: 2,
    runtime: 'any',
    description: 'PNG, JPEG and JPEG2000 to pixels behind one size-capped port',
    entries: {
      '.': 'index',
      './png': 'png',
      './jpeg': 'jpeg',
      './jpeg2000': 'jpeg2000',
      './openjpeg': 'openjpeg',
      './messages': 'messages',
    },
    dependencies: { '@cornerstonejs/codec-openjpeg': '1.3.6', fflate: '0.8.3', 'jpeg-js': '0.4.4', jpeg2000: '1.1.1' },
  },
  http: {
    floor: 2,
    runtime: 'any',
    description: 'The one way out to the network: size and time limits, scheme and host policy, pinned addresses',
    entries: { '.': 'index', './node': 'node/index', './messages': 'messages' },
    dependencies: { 'ipaddr.js': '2.5.0' },
  },
  qr: {
    floor: 3,
    runtime: 'any',
    description: 'The QR code of the Vietnamese identity card: payload, repair, image decoding',
    entries: { '.': 'index', './image': 'image', './zxing': 'zxing', './messages': 'messages' },
    dependencies: { qr: '0.7.0' },
    optionalPeers: { 'zxing-wasm': '^3.1.4' },
  },
  mrz: {
    floor: 3,
    runtime: 'any',
    description: 'Machine readable zones: TD1, TD2, TD3, the Vietnamese TD1, check digits, OCR repair',
    entries: { '.': 'index', './format': 'formatMrz', './repair': 'repairMrz', './messages': 'messages' },
  },
  pki: {
    floor: 3,
    runtime: 'any',
    description: 'Certificates, trust store, pinned signers, master lists, chains and CMS as ICAO 9303-12 has them',
    entries: {
      '.': 'index',
      './path': 'path/index',
      './profile': 'profile/index',
      './revocation': 'revocation/index',
      './timestamp': 'timestamp/index',
      './trust': 'trust/index',
      './explain': 'explain/index',
      './node': 'node/index',
      './messages': 'messages',
    },
  },
  emrtd: {
    floor: 4,
    runtime: 'any',
    description: 'ICAO 9303 chips: PACE, BAC, secure messaging, LDS files, passive, active and chip authentication',
    entries: {
      '.': 'index',
      './bac': 'bac/bac',
      './files': 'lds/index',
      './checks': 'checks',
      './schema': 'schema',
      './messages': 'messages',
    },
  },
  pcsc: {
    floor: 5,
    runtime: 'node',
    description: 'PC/SC readers as card channels',
    entries: { '.': 'index', './messages': 'messages' },
    optional: { pcsclite: '1.0.1', 'pcsc-mini': '0.1.3' },
  },
  'react-native': {
    floor: 5,
    runtime: 'any',
    description: 'The NFC of phones as a card channel, over react-native-nfc-manager, with an Expo config plugin',
    entries: { '.': 'index', './plugin': 'plugin', './messages': 'messages' },
    optionalPeers: { 'react-native-nfc-manager': '^3.17.0' },
    expoPlugin: 'plugin',
  },
  simulator: {
    floor: 6,
    runtime: 'any',
    description: 'A DEMO issuer, synthetic citizens and a software card that can be made to lie',
    entries: { '.': 'index', './jpeg2000': 'jpeg2000', './node': 'node/index', './messages': 'messages' },
    dependencies: {
      '@cornerstonejs/codec-openjpeg': '1.3.6',
      '@peculiar/asn1-cms': '2.11.1',
      '@peculiar/asn1-ocsp': '2.6.1',
      '@peculiar/asn1-schema': '2.11.1',
      '@peculiar/asn1-tsp': '2.6.0',
      '@peculiar/asn1-x509': '2.11.1',
      qr: '0.7.0',
    },
  },
  cli: {
    floor: 8,
    runtime: 'node',
    description: 'cccd: read and verify the Vietnamese identity card from a shell',
    entries: { '.': 'index' },
    dependencies: { commander: '14.0.3' },
    bin: 'bin',
  },
}

/** The entry points of a package as { subpath, source files }. */
export function entriesOf(name) {
  return Object.entries(packages[name].entries).map(([subpath, entry]) => ({
    subpath,
    files: typeof entry === 'string' ? [entry] : [...new Set([entry.default, entry.node])],
  }))
}
