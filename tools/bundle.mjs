// Bundles a program of ours into one folder: our workspaces inside, packages from the registry outside.

import { rm } from 'node:fs/promises'
import { build } from 'esbuild'

/** `entries`: name of the file in `out`, which is emptied first → its source. */
export async function bundle({ entries, out }) {
  await rm(out, { recursive: true, force: true })
  await build({
    entryPoints: entries,
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
}
