// Builds the command: cli/dist/sunlot.js.

import { fileURLToPath } from 'node:url'
import { bundle } from '../tools/bundle.mjs'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

// Beside it the thread that reads uploaded files.
const entries = {
  sunlot: here('src/main.ts'),
  'read-worker': here('../server/src/registers/imports/read.worker.ts'),
}
await bundle({ entries, out: here('dist/') })
