import { defineConfig } from 'vitest/config'

const full = process.env.CCCD_TEST === 'full'
const conditions = ['@cccd/source', 'node', 'import', 'module', 'default']

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: full ? ['packages/*/test/**/*.test.ts', 'packages/*/test/**/*.full.ts'] : ['packages/*/test/**/*.test.ts'],
    testTimeout: full ? 600_000 : 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
})
