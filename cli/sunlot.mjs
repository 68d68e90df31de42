#!/usr/bin/env node
// What `npx sunlot` starts: the built command, or a sentence that says how to build it.

import { existsSync } from 'node:fs'

const built = new URL('dist/sunlot.js', import.meta.url)

if (existsSync(built)) await import(built.href)
else {
  console.error(
    '命令还没有构建。请在项目目录运行：node tools/build.mjs\nThe command is not built yet. In the project, run: node tools/build.mjs',
  )
  process.exitCode = 3
}
