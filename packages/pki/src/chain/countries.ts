/** ISO 3166-1 alpha-3 codes whose alpha-2 code is their first two letters, … */
const firstTwo =
  'AFG AIA ALB ARG ASM AUS AZE BEL BFA BGR BHR BLM BMU BOL BRA BTN BVT BWA CAN CCK CHE CIV CMR COL CRI CUB CXR CYP CZE DEU DJI ' +
  'DMA DOM DZA ECU EGY ERI ESP ETH FIN FJI FRA GAB GBR GEO GGY GHA GIB GMB GRC GTM GUM HKG HMD HND HRV HTI HUN IDN IMN IND IOT ' +
  'IRN ISL ITA JEY JOR JPN KEN KGZ KHM KIR KNA KWT LAO LBN LCA LIE LKA LSO LTU LUX LVA MAR MCO MDA MHL MKD MLI MMR MNG MRT MSR ' +
  'MUS MWI MYS NAM NCL NER NFK NGA NIC NLD NOR NPL NRU NZL OMN PAN PER PHL PRI PSE QAT REU ROU RUS RWA SAU SDN SGP SHN SJM SLE ' +
  'SMR SOM SSD STP SXM SYR TCA TGO THA TJK TKL TLS TON TTO TWN TZA UGA UMI USA UZB VAT VCT VEN VGB VIR VNM VUT WSM YEM ZAF ZMB ' +
  'ZWE'
/** … and those whose alpha-2 code is their first and third letter. */
const firstAndThird =
  'ABW AGO AND ARE ARM ATG AUT BDI BGD BHS BLZ BRB BRN CAF CHL CHN COD COG COK CPV CUW DNK ESH FLK FRO FSM GIN GLP GNQ GRD GRL ' +
  'GUF GUY IRQ JAM KAZ KOR LBR LBY MAF MDG MDV MEX MLT MNE MNP MOZ MTQ NIU PAK PCN PLW PNG POL PRT PRY PYF SEN SLB SLV SUR SVK ' +
  'SWE SWZ SYC TCD TKM TUN TUR TUV URY WLF'
/**
 * Alpha-3 and alpha-2 side by side: the others, and the codes of Doc 9303-3, part B to D (British passports that are not GBR,
 * organisations, Kosovo, Order of Malta).
 */
const others =
  'ALAAX ATAAQ ATFTF BENBJ BESBQ BIHBA BLRBY COMKM CYMKY ESTEE GNBGW IRLIE ISRIL MACMO MYTYT PRKKP SGSGS SPMPM SRBRS SVNSI UKRUA ' +
  'GBDGB GBNGB GBOGB GBPGB GBSGB EUEEU UNOUN UNAUN UNKUN RKSKS XOMXO'

let table: ReadonlyMap<string, string> | undefined

/**
 * The two-letter code under which certificates name a state, from the code of an MRZ (`VNM`, `D<<`) or of a certificate (`vn`, and
 * `LTU` in one). An unknown code is returned as it is, in upper case: it equals only itself.
 */
export function countryCode(code: string): string {
  const upper = code.replaceAll('<', '').trim().toUpperCase()
  if (upper === 'D') return 'DE'
  table ??= readTable()
  return table.get(upper) ?? upper
}

/** An MRZ and certificates write the same state with three letters and with two. */
function readTable(): ReadonlyMap<string, string> {
  return new Map([
    ...firstTwo.split(' ').map((code): [string, string] => [code, code.slice(0, 2)]),
    ...firstAndThird.split(' ').map((code): [string, string] => [code, code.charAt(0) + code.charAt(2)]),
    ...others.split(' ').map((pair): [string, string] => [pair.slice(0, 3), pair.slice(3)]),
  ])
}
