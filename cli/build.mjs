// Builds the command: cli/dist/sunlot.js.

import { fileURLToPath } from 'node:url'
import { bundle } from '../tools/bundle.mjs'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

await bundle({ name: 'sunlot', entry: here('src/main.ts'), out: here('dist/') })
