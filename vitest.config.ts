import { defineConfig } from 'vitest/config'

const soak = process.env['SOAK'] === '1'

export default defineConfig({
  test: {
    reporters: ['default', './tools/left-out.mjs'],
    maxWorkers: 2,
    projects: [
      // One process reads the application and compiles the embedded database once for all its files.
      testsOf('server', ['server/**/*.test.ts'], { isolate: false, hookTimeout: 120_000 }),
      // Here modules are put in the place of others, and each file has a server of its own. The first browser test makes the
      // county that the others copy.
      testsOf('rest', ['{draw,sheets,cli,web,test,e2e}/**/*.test.ts'], {
        isolate: true,
        hookTimeout: 300_000,
      }),
    ],
  },
})

function testsOf(
  name: string,
  include: string[],
  { isolate, hookTimeout }: { readonly isolate: boolean; readonly hookTimeout: number },
) {
  return {
    test: {
      name,
      include,
      isolate,
      testTimeout: soak ? 7_200_000 : 120_000,
      hookTimeout,
      maxWorkers: 2,
    },
  }
}
