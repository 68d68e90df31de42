// Builds the command into one file, cli/dist/sunlot.js: our workspaces inside, packages from the registry outside.

import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const out = fileURLToPath(new URL('dist/', import.meta.url))

await rm(out, { recursive: true, force: true })
await build({
  entryPoints: { sunlot: fileURLToPath(new URL('src/main.ts', import.meta.url)) },
  outdir: out,
  bundle: true,
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  platform: 'node',
  target: 'node20',
  format: 'esm',
  sourcemap: true,
  logLevel: 'warning',
  plugins: [
    {
      // Everything named as a package stays outside, save our own workspaces, which are sources.
      name: 'packages-outside',
      setup: (builder) => {
        builder.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
          kind === 'entry-point' || path.startsWith('@sunlot/') ? undefined : { path, external: true },
        )
      },
    },
  ],
})
