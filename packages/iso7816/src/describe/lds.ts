/** What commands to an electronic travel document name (Doc 9303-10, 3.11 and 4.2; ISO/IEC 7816-4, 11.4). */
export const applications: ReadonlyMap<string, string> = /* @__PURE__ */ new Map([
  ['a0000002471001', 'LDS1 application'],
  ['a0000002472001', 'Travel Records application'],
  ['a0000002472002', 'Visa Records application'],
  ['a0000002472003', 'Additional Biometrics application'],
])

export const masterFiles: ReadonlyMap<number, string> = /* @__PURE__ */ new Map([
  [0x3f00, 'MF'],
  [0x2f00, 'EF.DIR'],
  [0x2f01, 'EF.ATR/INFO'],
  [0x011c, 'EF.CardAccess'],
  [0x011d, 'EF.CardSecurity'],
])

/** EF.SOD and EF.CardSecurity share an identifier: the selected application decides which one answers. */
export const ldsFiles: ReadonlyMap<number, string> = /* @__PURE__ */ new Map([
  [0x011e, 'EF.COM'],
  [0x011d, 'EF.SOD'],
  [0x011c, 'EF.CVCA'],
  ...Array.from({ length: 16 }, (_, index) => [0x0101 + index, `EF.DG${index + 1}`] as const),
])

/** ISO/IEC 7816-4, table 4, the instructions that chips of Doc 9303 know. */
export const instructions: ReadonlyMap<number, string> = /* @__PURE__ */ new Map([
  [0x22, 'MANAGE SECURITY ENVIRONMENT'],
  [0x2a, 'PERFORM SECURITY OPERATION'],
  [0x82, 'EXTERNAL AUTHENTICATE'],
  [0x84, 'GET CHALLENGE'],
  [0x86, 'GENERAL AUTHENTICATE'],
  [0x88, 'INTERNAL AUTHENTICATE'],
  [0xa4, 'SELECT'],
  [0xb0, 'READ BINARY'],
  [0xb1, 'READ BINARY (odd)'],
  [0xc0, 'GET RESPONSE'],
  [0xca, 'GET DATA'],
  [0xcb, 'GET DATA (odd)'],
])
