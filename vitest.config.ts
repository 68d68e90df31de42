import { defineConfig } from 'vitest/config'

const soak = process.env['SOAK'] === '1'

export default defineConfig({
  test: {
    reporters: ['default', './tools/left-out.mjs'],
    maxWorkers: 2,
    projects: [
      // One process reads the application and compiles the embedded database once for all its files.
      testsOf('server', ['server/**/*.test.ts'], { isolate: false }),
      // Here modules are put in the place of others, and each file has a server of its own.
      testsOf('rest', ['{draw,sheets,cli,web,test,e2e}/**/*.test.ts'], { isolate: true }),
    ],
  },
})

function testsOf(name: string, include: string[], { isolate }: { readonly isolate: boolean }) {
  return {
    test: {
      name,
      include,
      isolate,
      testTimeout: soak ? 7_200_000 : 120_000,
      // The first browser test makes the county that the others copy.
      hookTimeout: 300_000,
      maxWorkers: 2,
    },
  }
}
