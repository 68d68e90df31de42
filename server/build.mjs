// Builds the server: server/dist/main.js. It must stay inside the project, where it finds migrations, law and pages.

import { fileURLToPath } from 'node:url'
import { bundle } from '../tools/bundle.mjs'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

// Beside it the threads: one that reads uploaded files, one that computes draws.
const entries = {
  main: here('src/main.ts'),
  'read-worker': here('src/registers/imports/read.worker.ts'),
  'draw-worker': here('src/draws/work/draw.worker.ts'),
}
await bundle({ entries, out: here('dist/') })
