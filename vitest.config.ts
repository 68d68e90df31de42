import { defineConfig } from 'vitest/config'

const soak = process.env['SOAK'] === '1'

export default defineConfig({
  test: {
    include: ['{draw,sheets,server,cli,web,test,e2e}/**/*.test.ts'],
    reporters: ['default', './tools/left-out.mjs'],
    testTimeout: soak ? 7_200_000 : 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
})
