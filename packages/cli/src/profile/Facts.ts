/** A table of facts; lists where there may be several. */
export type Facts = { readonly [name: string]: string | number | boolean | readonly string[] }
