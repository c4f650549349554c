/** The version of this package, written from its manifest. */
export const version = '0.1.0'
