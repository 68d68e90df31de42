// Builds web/dist/verifier.html: one file with everything inside, the same bytes from the same sources.
//
//   node web/build-verifier.mjs [out.html] [--sizes]    with the sizes and what weighs most

import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { deflateRawSync, gzipSync } from 'node:zlib'
import { build, transform } from 'esbuild'

const web = dirname(fileURLToPath(import.meta.url))
const source = join(web, 'src/verifier')
const TARGET = 'es2022'

/** Builds the page. Returns its HTML and esbuild's account of what went into the script. */
export async function buildVerifier() {
  const script = await buildScript()
  const css = await transform(await readFile(join(source, 'style.css'), 'utf8'), {
    loader: 'css',
    minify: true,
  })
  const style = css.code.trim()
  const page = (await readFile(join(source, 'page.html'), 'utf8')).replace(/\n\s*(?=<)/g, '')
  const parts = {
    policy: `<meta http-equiv="Content-Security-Policy" content="${contentPolicy(script.text, style)}">`,
    style: `<style>${style}</style>`,
    script: `<script id="script">${script.text}</script>`,
  }
  return { html: page.replace(/<!-- (\w+) -->/g, (_, name) => parts[name]), inputs: script.inputs }
}

async function buildScript() {
  const result = await build({
    entryPoints: [join(source, 'main.ts')],
    bundle: true,
    minify: true,
    format: 'iife',
    target: TARGET,
    charset: 'utf8',
    legalComments: 'none',
    write: false,
    metafile: true,
    plugins: [packedKernel],
  })
  const [file] = result.outputFiles
  const [{ inputs }] = Object.values(result.metafile.outputs)
  return { text: file.text.trim(), inputs }
}

/** The kernel's WebAssembly goes in deflated: base64 of machine code hardly compresses afterwards. */
const packedKernel = {
  name: 'packed-kernel',
  setup(bundler) {
    bundler.onLoad({ filter: /kernel\.wasm\.gen\.ts$/ }, async ({ path }) => {
      const [, base64] = /'([A-Za-z0-9+/=]{1000,})'/.exec(await readFile(path, 'utf8')) ?? []
      if (!base64) throw new Error(`no module in ${path}`)
      const packed = deflateRawSync(Buffer.from(base64, 'base64'), { level: 9 }).toString('base64')
      const contents = `
        import { inflateSync } from 'fflate'
        const packed = Uint8Array.from(atob('${packed}'), (c) => c.charCodeAt(0))
        export const KERNEL_WASM = btoa(String.fromCharCode(...inflateSync(packed)))`
      return { contents, loader: 'js', resolveDir: web }
    })
  },
}

/** Only this script and this style run, nothing is loaded but what lies beside the page (an example). */
function contentPolicy(script, style) {
  return [
    "default-src 'none'",
    `script-src '${hashOf(script)}' 'wasm-unsafe-eval'`,
    `style-src '${hashOf(style)}'`,
    'worker-src blob:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

function hashOf(text) {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const out = process.argv.slice(2).find((word) => !word.startsWith('--')) ?? join(web, 'dist/verifier.html')
  const { html, inputs } = await buildVerifier()
  await mkdir(dirname(out), { recursive: true })
  await writeFile(out, html)
  if (process.argv.includes('--sizes')) printSizes(out, html, inputs)
}

function printSizes(out, html, inputs) {
  const groups = new Map()
  for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
    const group =
      /node_modules\/((@[^/]+\/)?[^/]+)/.exec(path)?.[1] ??
      /(draw\/src\/\w+|words|web)/.exec(path)?.[1] ??
      path
    groups.set(group, (groups.get(group) ?? 0) + bytesInOutput)
  }
  for (const [group, bytes] of [...groups].toSorted((a, b) => b[1] - a[1]).slice(0, 16))
    console.log(`${String(bytes).padStart(8)}  ${group}`)
  console.log(
    `${out}: ${html.length} characters, ${Buffer.byteLength(html)} bytes, ${gzipSync(html, { level: 9 }).length} bytes gzip`,
  )
}
