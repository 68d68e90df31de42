// Builds the pages of the draw room into web/dist/stage: the big screen, and the phone of whoever is in the room. One script
// each, without modules, for phones that are years old.

import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, transform } from 'esbuild'

const web = dirname(fileURLToPath(import.meta.url))
const source = join(web, 'src/stage')
const out = join(web, 'dist/stage')
const PAGES = ['phone', 'stage']
// Of the script of a page, compressed: it is fetched by a hall full of phones at once.
const MOST_BYTES = 60 * 1024

await rm(out, { recursive: true, force: true })
await mkdir(join(out, 'assets'), { recursive: true })
for (const page of PAGES) {
  const { outputFiles } = await build({
    stdin: { contents: `import 'mended'\nimport './${page}.ts'`, resolveDir: source },
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2019',
    // Signing computes with long integers: every phone of the last years has them.
    supported: { bigint: true },
    charset: 'utf8',
    legalComments: 'none',
    treeShaking: true,
    // Nothing of these runs by being imported.
    plugins: [mendedFirst(), withoutSideEffects()],
    write: false,
  })
  const script = outputFiles[0].contents
  const packed = gzipSync(script, { level: 9 }).length
  if (packed > MOST_BYTES)
    throw new Error(`${page}.js has ${packed} bytes compressed; ${MOST_BYTES} are allowed`)
  const css = await transform(await readFile(join(source, `${page}.css`), 'utf8'), {
    loader: 'css',
    minify: true,
  })
  await writeFile(join(out, 'assets', `${page}.js`), script)
  await writeFile(join(out, 'assets', `${page}.css`), css.code)
  await writeFile(join(out, `${page}.html`), await readFile(join(source, `${page}.html`)))
  if (process.argv.includes('--sizes')) console.log(`${page}.js: ${script.length} bytes, ${packed} gzip`)
}

/** What phones of a few years ago lack, before anything else runs: the verifier's own list. */
function mendedFirst() {
  const contents = `import { mendOlderBrowsers } from './older-browsers.ts'\nmendOlderBrowsers()`
  return {
    name: 'mended-first',
    setup(bundler) {
      bundler.onResolve({ filter: /^mended$/ }, () => ({ path: 'mended', namespace: 'mended' }))
      bundler.onLoad({ filter: /./, namespace: 'mended' }, () => ({
        contents,
        loader: 'ts',
        resolveDir: join(web, 'src/verifier'),
      }))
    },
  }
}

/** The draw's library is all functions: what a page does not call is left out of it. */
function withoutSideEffects() {
  return {
    name: 'without-side-effects',
    setup(bundler) {
      bundler.onResolve({ filter: /^\.|^@noble|^sm-crypto/ }, async ({ path, pluginData, ...rest }) => {
        if (pluginData === 'resolved' || !/\/draw\/src\//.test(rest.importer)) return undefined
        const found = await bundler.resolve(path, { ...rest, pluginData: 'resolved' })
        return found.errors.length > 0 ? undefined : { ...found, sideEffects: false }
      })
    },
  }
}
