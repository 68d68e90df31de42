// Builds the console into web/dist/console: hashed assets, no inline script, no inline style.
//
// The server sends `script-src 'self'; style-src 'self'`. Ant Design makes its styles at run time and would write them into
// <style> elements, which that policy refuses. Its one writer is replaced by ours (src/ui/dynamic-css.ts), which hands
// the same text to `document.adoptedStyleSheets`: so neither 'unsafe-inline' nor a nonce is needed.

import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

const stylesWithoutElements: Plugin = {
  name: 'styles-without-elements',
  enforce: 'pre',
  resolveId: (source) => (/\/dynamicCSS(\.js)?$/.test(source) ? here('src/ui/dynamic-css.ts') : undefined),
  // The icons carry a copy of that writer among other functions.
  transform(code, id) {
    if (!id.endsWith('/@ant-design/icons/es/cssUtils.js')) return undefined
    const without = code.replace('export function updateCSS(', 'function replacedUpdateCSS(')
    if (without === code) throw new Error('@ant-design/icons no longer writes its style where it did')
    return `${without}\nexport { updateCSS } from '${here('src/ui/dynamic-css.ts')}'`
  },
}

export default defineConfig({
  root: here('.'),
  base: '/',
  plugins: [stylesWithoutElements, react()],
  build: {
    outDir: here('dist/console'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
    rolldownOptions: { input: here('console.html') },
  },
  server: { proxy: { '/api': process.env['SUNLOT_SERVER'] ?? 'http://127.0.0.1:8080' } },
})
