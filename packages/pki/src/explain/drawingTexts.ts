import type { Language } from '@cccd/core'

/** Words of the drawing. */
export const drawingTexts = {
  title: { vi: 'Chuỗi chứng thư', en: 'Chain of certificates' },
  signer: { vi: 'Chứng thư ký tài liệu', en: 'Document signer' },
  link: { vi: 'Chứng thư liên kết', en: 'Link certificate' },
  csca: { vi: 'CSCA (gốc quốc gia)', en: 'Country CA (CSCA)' },
  unknown: { vi: 'Nơi cấp', en: 'Issuer' },
  signedBy: { vi: 'được ký bởi', en: 'signed by' },
  source: { vi: 'nguồn', en: 'source' },
  validity: { vi: 'hiệu lực', en: 'validity' },
  keyUse: { vi: 'thời gian dùng khóa ký', en: 'private key usage' },
  signing: { vi: 'lúc ký', en: 'signed' },
  judged: { vi: 'thời điểm xét', en: 'judged' },
  passed: { vi: 'đạt', en: 'passed' },
  failed: { vi: 'không đạt', en: 'failed' },
  inconclusive: { vi: 'chưa kết luận', en: 'inconclusive' },
  'not-performed': { vi: 'không thực hiện', en: 'not performed' },
  'not-supported': { vi: 'không hỗ trợ', en: 'not supported' },
  notValid: { vi: 'không còn hoặc chưa có hiệu lực vào thời điểm xét', en: 'not valid when judged' },
} as const satisfies Readonly<Record<string, Readonly<Record<Language, string>>>>

export type DrawingText = keyof typeof drawingTexts
