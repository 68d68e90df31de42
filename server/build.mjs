// Builds the server: server/dist/main.js. It must stay inside the project, where it finds migrations, law and pages.

import { fileURLToPath } from 'node:url'
import { bundle } from '../tools/bundle.mjs'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

await bundle({ name: 'main', entry: here('src/main.ts'), out: here('dist/') })
