/** The version of this package, which every report names. */
export const version = '0.1.0'
