/** The members that are there and say something. */
export function known<Key extends string>(values: { readonly [K in Key]: string | undefined }): { [K in Key]?: string } {
  const out: { [K in Key]?: string } = {}
  for (const key in values) if (values[key] !== undefined && values[key] !== '') out[key] = values[key]
  return out
}
