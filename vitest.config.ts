import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{draw,sheets,cli,web,test,e2e}/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
})
