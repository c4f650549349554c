/** A date as the MRZ has it: YYMMDD, `<<` for what is unknown; no expiry is 991231 on the Vietnamese card. */
export function mrzDate(date: string | undefined): string | undefined {
  if (date === 'none') return '991231'
  const match = /^\d\d(\d\d)(?:-(\d\d)(?:-(\d\d))?)?$/.exec(date ?? '')
  return match === null ? undefined : `${match[1]}${match[2] ?? '<<'}${match[3] ?? '<<'}`
}
