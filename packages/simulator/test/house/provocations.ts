import {
  ByteCursor,
  concatBytes,
  decodeHex,
  decodeJson,
  decodeUtf8,
  encodeTlv,
  encodeUtf8,
  parseTlv,
  readInteger,
} from '@cccd/core'
import { type hashAlgorithms, unpadIso9797Method2 } from '@cccd/crypto'
import { defaultCrypto, generateKeyPair } from '@cccd/crypto/default'
import * as emrtdMain from '@cccd/emrtd'
import * as emrtdFiles from '@cccd/emrtd/files'
import { type WebFetch, type WebResponse, webFetcher } from '@cccd/http'
import { nodeFetcher } from '@cccd/http/node'
import * as identity from '@cccd/identity'
import { decodeImage } from '@cccd/image'
import * as iso7816 from '@cccd/iso7816'
import { parseMrz } from '@cccd/mrz'
import * as pkiMain from '@cccd/pki'
import * as revocation from '@cccd/pki/revocation'
import * as timestamp from '@cccd/pki/timestamp'
import * as trustFiles from '@cccd/pki/trust'
import { parseQr } from '@cccd/qr'
import { decodeQrImage } from '@cccd/qr/image'
import { personalise, scrub, seededRandom, syntheticCitizen, virtualCard } from '@cccd/simulator'
import { serveVpcd } from '@cccd/simulator/node'
import type { DemoReading } from './people.js'

const emrtd = { ...emrtdMain, ...emrtdFiles }

const pki = { ...pkiMain, ...revocation, ...timestamp, ...trustFiles }

/** For each error code a call at a public door that makes it happen with personal data, or key material, at hand. */
export function provocations(demo: DemoReading): Record<string, () => unknown> {
  const { card, qr, reading, trust, channel } = demo
  const crypto = defaultCrypto()
  const { citizen, mrz } = card
  const dg = (name: 'DG1' | 'DG2' | 'DG13' | 'SOD'): Uint8Array => reading.files[name] as Uint8Array
  const secretBytes = dg('DG13').subarray(0, 200)
  const fields = card.qr.split('|')
  const qrWith = (index: number, value: string): string => fields.map((field, at) => (at === index ? value : field)).join('|')
  const [line1, line2, line3 = ''] = mrz
  const scalar = card.chipKeys[0]?.secret ?? new Uint8Array(32)
  const certificate = card.issuer.csca.certificate
  const answering = (answer: (command: Uint8Array) => Uint8Array): iso7816.CardChannel => ({
    limits: iso7816.shortLimits,
    transmit: async (command) => answer(command),
    close: async () => undefined,
  })
  const status = (sw: number): iso7816.CardChannel => answering(() => Uint8Array.of(sw >> 8, sw & 0xff))
  const access = emrtd.accessFromQr(qr)
  const open = (target: iso7816.CardChannel, more: object = {}): Promise<unknown> =>
    emrtd.readChip(target, { access, random: seededRandom('p'), deadline: 500, ...more })
  const nested = (levels: number): Uint8Array => {
    let out = secretBytes
    for (let level = 0; level < levels; level++) out = encodeTlv(0x30, out)
    return out
  }
  const walk = (node: ReturnType<typeof parseTlv>): void => {
    for (const child of node.children()) walk(child)
  }
  const mangledKey = { type: 'ec', curve: 'P-256', point: concatBytes(Uint8Array.of(4), scalar, scalar) } as const
  return {
    UTF8_INVALID: () => decodeUtf8(concatBytes(encodeUtf8(card.qr), Uint8Array.of(0xff))),
    CURSOR_END: () => new ByteCursor(secretBytes).take(1000),
    TLV_TRUNCATED: () => parseTlv(dg('DG13').subarray(0, 100)),
    TLV_TOO_LARGE: () => parseTlv(secretBytes, { maxLength: 10 }),
    TLV_TOO_DEEP: () => walk(parseTlv(nested(100))),
    TLV_TRAILING_BYTES: () => parseTlv(concatBytes(dg('DG13'), scalar)),
    TLV_BAD_LENGTH: () => parseTlv(concatBytes(decodeHex('3081' + '05'), secretBytes), { rules: 'der' }),
    TLV_BAD_TAG: () => parseTlv(concatBytes(Uint8Array.of(0, 0), secretBytes)),
    TLV_UNEXPECTED_TAG: () => parseTlv(dg('DG13'), { tag: 0x61 }),
    DER_BAD_VALUE: () => readInteger(parseTlv(encodeTlv(0x02, concatBytes(Uint8Array.of(0, 1), scalar)), { rules: 'der' })),
    JSON_INVALID: () => decodeJson(`{"number":"${citizen.personalNumber}"`),
    IDENTITY_PERSONAL_NUMBER: () => identity.parsePersonalNumber(`${citizen.personalNumber}x`),
    IDENTITY_PREVIOUS_NUMBER: () => identity.parsePreviousIdNumber(citizen.personalNumber),
    IDENTITY_DATE: () => identity.parseVietnameseDate(citizen.personalNumber),
    IDENTITY_SEX: () => identity.parseSex(citizen.fullName),
    IDENTITY_NAME: () => identity.toMrzName(`${citizen.fullName} 漢`),
    LINK_LOST: () => open(iso7816.faulty(virtualCard(card), [{ at: 4, fault: { type: 'link-lost' } }])),
    TRANSPORT_TIMEOUT: () => open(iso7816.faulty(virtualCard(card), [{ at: 10, fault: { type: 'silence' } }]), { deadline: 20 }),
    TRANSPORT_ABORTED: () => open(virtualCard(card), { signal: AbortSignal.abort() }),
    TRANSPORT_CLOSED: async () => {
      const closed = iso7816.serialised(virtualCard(card))
      await closed.close()
      await open(closed)
    },
    TRANSPORT_EMPTY_RESPONSE: () => open(answering(() => Uint8Array.of())),
    TRANSPORT_LENGTH: () => open(answering(() => concatBytes(dg('DG2').subarray(0, 400), Uint8Array.of(0x90, 0)))),
    TRANSPORT_REPLAY_MISMATCH: () => open(iso7816.replay(channel.trace())),
    TRANSPORT_REPLAY_EXHAUSTED: () => iso7816.replay(new iso7816.Trace({ limits: iso7816.shortLimits })).random(8),
    TRANSPORT_TRACE_INVALID: () => iso7816.importTrace(channel.trace().export({ sensitive: true }).slice(1)),
    APDU_MALFORMED: () => iso7816.decodeCommand(concatBytes(Uint8Array.of(0, 0xa4, 4, 0, 9), secretBytes)),
    APDU_STATUS: () => iso7816.send(status(0x6a82), { cla: 0, ins: 0xa4, p1: 4, p2: 0, data: secretBytes }),
    APDU_RESPONSE_TOO_LONG: () =>
      iso7816.send(
        answering(() => concatBytes(secretBytes, Uint8Array.of(0x61, 0))),
        { cla: 0, ins: 0xb0, p1: 0, p2: 0, le: 256 },
      ),
    CRYPTO_UNSUPPORTED: () => crypto.hash('ripemd160' as (typeof hashAlgorithms)[number], secretBytes),
    CRYPTO_KEY_MISMATCH: async () => {
      const { activeAuthentication: secret } = card.privateKeys
      if (secret?.type !== 'rsa') throw new TypeError('the card has no RSA key')
      const key = await crypto.importPublicKey({ type: 'rsa', modulus: secret.modulus, exponent: secret.exponent })
      await key.verify({ type: 'ecdsa', hash: 'sha256', format: 'der' }, secretBytes, secretBytes)
    },
    CRYPTO_BAD_KEY: () => crypto.importPublicKey({ type: 'rsa', modulus: scalar, exponent: Uint8Array.of(2) }),
    CRYPTO_BAD_POINT: () => crypto.importPublicKey(mangledKey),
    CRYPTO_BAD_LENGTH: () => crypto.aes.encryptCbc(scalar.subarray(0, 16), new Uint8Array(16), secretBytes.subarray(0, 17)),
    CRYPTO_BAD_PADDING: () => unpadIso9797Method2(new Uint8Array(16)),
    CRYPTO_BAD_RANDOMNESS: () => generateKeyPair({ type: 'ec', curve: 'P-256' }, (length) => new Uint8Array(length)),
    IMAGE_TYPE_UNKNOWN: () => decodeImage(secretBytes),
    IMAGE_TOO_LARGE: () => decodeImage(emrtd.parseDg2(dg('DG2')).faces[0].image, { maxBytes: 100 }),
    IMAGE_TOO_MANY_PIXELS: () => decodeImage(emrtd.parseDg2(dg('DG2')).faces[0].image, { maxPixels: 100 }),
    IMAGE_CORRUPT: () => decodeImage(emrtd.parseDg2(dg('DG2')).faces[0].image.subarray(0, 60)),
    QR_EMPTY: () => parseQr(' '),
    QR_TOO_LARGE: () => parseQr(card.qr.repeat(100)),
    QR_ENCODING: () => parseQr(concatBytes(encodeUtf8(card.qr), Uint8Array.of(0xff))),
    QR_CONTROL_CHARACTER: () => parseQr(qrWith(2, `${citizen.fullName}\u0007`)),
    QR_NOT_A_CARD: () => parseQr(`https://example.org/?n=${citizen.personalNumber}`),
    QR_FIELD_COUNT: () => parseQr(fields.slice(0, 6).join('|')),
    QR_PERSONAL_NUMBER: () => parseQr(qrWith(0, `${citizen.personalNumber}9`)),
    QR_PREVIOUS_ID_NUMBER: () => parseQr(qrWith(1, citizen.personalNumber)),
    QR_FULL_NAME: () => parseQr(qrWith(2, '')),
    QR_DATE_OF_BIRTH: () => parseQr(qrWith(3, citizen.personalNumber)),
    QR_SEX: () => parseQr(qrWith(4, citizen.fullName)),
    QR_ISSUE_DATE: () => parseQr(qrWith(6, citizen.personalNumber)),
    QR_NOT_FOUND: () => decodeQrImage({ width: 40, height: 40, data: new Uint8Array(6400) }),
    QR_DECODER: () =>
      decodeQrImage(
        { width: 40, height: 40, data: new Uint8Array(6400) },
        {
          decoder: {
            name: 'loud',
            decode: () => {
              throw new Error(`cannot read ${citizen.personalNumber}`)
            },
          },
        },
      ),
    MRZ_FORMAT: () => parseMrz(`${line1}\n${line2}`),
    MRZ_CHARACTER: () => parseMrz(`${line1}\n${line2}\n${line3.replace('<<', '**')}`),
    MRZ_FIELD: () => parseMrz(`${line1}\n${line2.slice(0, 7)}Q${line2.slice(8)}\n${line3}`, { checkDigits: 'report' }),
    MRZ_DATE: () => parseMrz(`${line1}\n${line2.replace(/^\d{6}/, '999999')}\n${line3}`, { checkDigits: 'report' }),
    MRZ_CHECK_DIGIT: () => parseMrz(`${line1.slice(0, 14)}${(Number(line1[14]) + 1) % 10}${line1.slice(15)}\n${line2}\n${line3}`),
    PKI_BAD_CERTIFICATE: () => pki.parseCertificate(concatBytes(certificate, scalar)),
    PKI_BAD_PUBLIC_KEY: () => pki.parsePublicKeyInfo(secretBytes),
    PKI_BAD_SIGNED_DATA: () => pki.parseSignedData(dg('SOD').subarray(4, 600)),
    PKI_BAD_MASTER_LIST: () => pki.parseMasterList(parseTlv(dg('SOD')).value),
    PKI_BAD_REVOCATION_LIST: () => pki.parseRevocationList(dg('SOD').subarray(4, 600)),
    PKI_BAD_OCSP: () => pki.parseOcspResponse(secretBytes),
    PKI_BAD_TIMESTAMP: () => pki.parseTimestampToken(parseTlv(dg('SOD')).value),
    PKI_BAD_DEVIATION_LIST: () => pki.parseDeviationList(parseTlv(dg('SOD')).value),
    PKI_BAD_PEM: () => pki.parsePem(`-----BEGIN CERTIFICATE-----\n${citizen.personalNumber}*\n-----END CERTIFICATE-----`),
    PKI_BAD_LDIF: () => [
      ...pki.readLdif(encodeUtf8(`dn: ${citizen.personalNumber}\nuserCertificate:: *${citizen.personalNumber}`)),
    ],
    PKI_BAD_TRUST_STORE: () => pki.loadTrustStore(secretBytes),
    PKI_BAD_PIN: () => pki.createTrustStore({ pins: [{ fingerprint: citizen.personalNumber, source: 'x', confirmedBy: [] }] }),
    PKI_DEMO_REFUSED: () => pki.createTrustStore({ anchors: [{ certificate }] }),
    PKI_NO_TRUST_MATERIAL: () => pki.readTrustFile(encodeUtf8(card.qr), 'qr.txt'),
    EMRTD_FILE_TOO_LARGE: () => emrtd.parseDg1(concatBytes(dg('DG1'), new Uint8Array(100_000))),
    EMRTD_FILE_MALFORMED: () => emrtd.parseDg13(dg('DG13').subarray(0, 300)),
    EMRTD_SECURITY_INFOS_MALFORMED: () => emrtd.parseSecurityInfos(secretBytes),
    EMRTD_SOD_MALFORMED: () => emrtd.parseSecurityObject(dg('DG13')),
    EMRTD_FACE_MALFORMED: () => emrtd.parseFaceRecord(dg('DG2').subarray(100, 400)),
    EMRTD_READING_INVALID: () => emrtd.decodeReading(emrtd.encodeReading(reading).replace('"version":1', '"version":7')),
    NOT_VERIFIED: async () => emrtd.requireVerified(await emrtd.verifyReading(reading, { trust, at: '2050-01-01' })),
    EMRTD_APPLICATION_NOT_FOUND: () =>
      open(
        iso7816.faulty(virtualCard(card, { random: seededRandom('q') }), [
          {
            at: (command) => command[1] === 0xa4 && command[2] === 4,
            fault: { type: 'answer', response: Uint8Array.of(0x6a, 0x82) },
          },
        ]),
        { access: emrtd.accessFromMrz(mrz.join('\n')).filter(({ protocol }) => protocol === 'BAC'), allowBac: true },
      ),
    EMRTD_ACCESS_DENIED: () => open(virtualCard(card), { access: access.filter(({ protocol }) => protocol === 'BAC') }),
    EMRTD_ACCESS_INPUT: () => emrtd.accessFromCan(citizen.personalNumber),
    PACE_WRONG_PASSWORD: () => open(virtualCard(card), { access: emrtd.accessFromCan('000000') }),
    PACE_BLOCKED: () =>
      open(
        iso7816.faulty(virtualCard(card), [
          { at: (command) => command[1] === 0x22, fault: { type: 'answer', response: Uint8Array.of(0x69, 0x83) } },
        ]),
      ),
    PACE_FAILED: () => open(status(0x6f00)),
    PACE_BAD_ANSWER: () =>
      open(
        iso7816.faulty(virtualCard(card), [
          {
            at: (command) => command[1] === 0x86,
            fault: { type: 'answer', response: concatBytes(secretBytes, Uint8Array.of(0x90, 0)) },
          },
        ]),
      ),
    BAC_WRONG_KEY: () =>
      open(virtualCard(card), {
        access: [
          { protocol: 'BAC', password: 'MRZ', documentNumber: '000000000', dateOfBirth: '900101', dateOfExpiry: '300101' },
        ],
        allowBac: true,
      }),
    SM_MAC_WRONG: () =>
      open(
        iso7816.faulty(virtualCard(card), [
          { at: (command) => (command[0] ?? 0) === 0x0c, fault: { type: 'corrupt', offset: -4 } },
        ]),
      ),
    SM_CHANNEL_LOST: () =>
      open(
        iso7816.faulty(virtualCard(card), [
          { at: (command) => command[0] === 0x0c, fault: { type: 'answer', response: Uint8Array.of(0x6f, 0) } },
        ]),
      ),
    DIFFERENT_CARD: async () => {
      const into = emrtd.createPartialReading()
      await open(iso7816.faulty(virtualCard(card), [{ at: 14, fault: { type: 'link-lost' } }]), { into }).catch(() => undefined)
      const other = await personalise(card.issuer, syntheticCitizen(12), { random: seededRandom('other') })
      await open(virtualCard(other), { into, access: emrtd.accessFromCan(other.can) })
    },
    SIMULATOR_CARD_INVALID: async () => {
      const { decodeCardImage, encodeCardImage } = await import('@cccd/simulator')
      return decodeCardImage(encodeCardImage(card).replace('"version":2', '"version":3'))
    },
    SIMULATOR_UNSUPPORTED: () => virtualCard(card, { attack: citizen.fullName as never }),
    ...outbound(`/lookup?number=${citizen.personalNumber}`),
    SIMULATOR_SCRUB_REFUSED: () => scrub(channel.trace()),
    SIMULATOR_VPCD_UNREACHABLE: () => serveVpcd(virtualCard(card), { host: '127.0.0.1', port: 1 }),
  }
}

/** What can go wrong with a request whose path and query are personal. */
function outbound(path: string): Record<string, () => unknown> {
  const url = `http://service.example${path}`
  const policy = { schemes: ['http'] } as const
  const ask = (fetch: WebFetch, request: object = {}): Promise<unknown> =>
    webFetcher({ policy, fetch }).fetch({ url, deadline: 20, ...request })
  const answer = (headers: Record<string, string>, status = 200): WebResponse => ({
    status,
    headers: { get: (name) => headers[name] ?? null },
    arrayBuffer: async () => new ArrayBuffer(10),
  })
  return {
    HTTP_URL: () => ask(async () => answer({}), { url: url.replace('service.example', `user@127.1`) }),
    HTTP_REFUSED: () => ask(async () => answer({}), { url: url.replace('service.example', 'localhost') }),
    HTTP_NAME_UNKNOWN: () => nodeFetcher({ policy, resolve: async () => [] }).fetch({ url }),
    HTTP_CONNECTION: () => ask(() => Promise.reject(new Error(`cannot reach ${url}`))),
    HTTP_TIMEOUT: () => ask(() => new Promise(() => undefined)),
    HTTP_ABORTED: () => ask(() => new Promise(() => undefined), { signal: AbortSignal.abort(url) }),
    HTTP_REDIRECT: () => ask(async () => answer({ location: `/again${path}` }, 302)),
    HTTP_TOO_LARGE: () => ask(async () => answer({}), { maxBytes: 9 }),
    HTTP_CONTENT: () => ask(async () => answer({ 'content-type': path }), { accept: ['application/pkix-crl'] }),
  }
}

/** Codes that no call here can make happen, and why that leaves nothing to search. */
export const notProvoked: Record<string, string> = {
  CRYPTO_NO_RANDOMNESS: 'thrown where the runtime has no randomness, before there is data',
  IMAGE_UNSUPPORTED: 'says a header number only; packages/image tests it',
  PKI_UNKNOWN_CURVE: 'about a certificate, tested in packages/pki',
  PKI_UNSUPPORTED_ALGORITHM: 'about a certificate, tested in packages/pki',
  PKI_MASTER_LIST_REFUSED: 'about a public list, tested in packages/pki',
  PKI_BAD_PIN_FILE: 'about a file of the operator, tested in packages/pki',
  PKI_PIN_FILE_BUSY: 'about a file of the operator, tested in packages/pki',
  PKI_TOO_MANY_SIGNERS: 'says nothing of any card, tested in packages/cli',
  PKI_PIN_REFUSED: 'about a file of the operator, tested in packages/pki',
  PKI_PATH_UNREADABLE: 'about a path of the operator, tested in packages/pki',
  HTTP_UNAVAILABLE: 'thrown where the runtime has no network, before anything is sent',
  EMRTD_FACE_UNSUPPORTED: 'says the kind of record only; packages/emrtd tests it',
  PACE_SUSPENDED: 'thrown before the password is used; packages/emrtd tests it',
  PACE_DEACTIVATED: 'thrown before the password is used; packages/emrtd tests it',
  PACE_NOT_OFFERED: 'thrown before a password is used; packages/emrtd tests it',
  PACE_UNSUPPORTED: 'thrown before a password is used; packages/emrtd tests it',
  BAC_FAILED: 'packages/emrtd tests it with a scripted chip and searches it there',
  BAC_BAD_ANSWER: 'packages/emrtd tests it with a scripted chip and searches it there',
  SM_BAD_ANSWER: 'packages/emrtd tests it with a scripted chip and searches it there',
  EMRTD_FILE_STATUS: 'caught by readChip and recorded as the status of the file',
  EMRTD_FILE_LENGTH: 'caught by readChip and recorded as the status of the file',
  CHIP_AUTHENTICATION_FAILED: 'caught by readChip and recorded in the reading',
  CHIP_AUTHENTICATION_UNSUPPORTED: 'caught by readChip and recorded in the reading',
  ACTIVE_AUTHENTICATION_FAILED: 'caught by readChip and recorded in the reading',
  SIMULATOR_IMAGE_ENCODER: 'about the encoder of a drawing',
  SIMULATOR_VPCD_PROTOCOL: 'about frames of a local daemon, tested with a fake one',
}
