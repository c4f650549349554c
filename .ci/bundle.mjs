/** Keeps third-party packages external, and bundles ours from source. */
export const externalLibraries = {
  name: 'external-libraries',
  setup(builder) {
    builder.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || path.startsWith('@cccd/') ? undefined : { path, external: true },
    )
  },
}
