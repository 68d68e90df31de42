// Builds the server into one file, server/dist/main.js: our workspaces inside, packages from the registry outside.
//
//   node server/build.mjs [folder]    the folder must lie inside the project, so that migrations, law and packages are found

import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const out = process.argv[2] ?? fileURLToPath(new URL('dist/', import.meta.url))

await rm(out, { recursive: true, force: true })
await build({
  entryPoints: { main: fileURLToPath(new URL('src/main.ts', import.meta.url)) },
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
