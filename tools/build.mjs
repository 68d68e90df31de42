// Builds what is not committed: the verifier page, the console, the server, and the command, which carries the verifier
// page into every bundle.
//
//   node tools/build.mjs                  everything
//   node tools/build.mjs --changed        only what is older than its sources
//   node tools/build.mjs verifier command only these

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

const TARGETS = [
  {
    name: 'verifier',
    script: ['web/build-verifier.mjs'],
    from: ['draw/src', 'web/src/verifier', 'words'],
    to: 'web/dist/verifier.html',
  },
  {
    name: 'console',
    script: [vite(), 'build', '--config', 'web/vite.config.ts', '--logLevel', 'warn'],
    from: ['web', 'words'],
    to: 'web/dist/console',
  },
  {
    name: 'stage',
    script: ['web/build-stage.mjs'],
    from: ['web/build-stage.mjs', 'web/src/stage', 'web/src/verifier/older-browsers.ts', 'draw/src', 'words'],
    to: 'web/dist/stage/phone.html',
  },
  {
    name: 'server',
    script: ['server/build.mjs'],
    from: ['server/src', 'server/build.mjs', 'tools/bundle.mjs', 'draw/src', 'sheets/src', 'words'],
    to: 'server/dist/main.js',
  },
  {
    name: 'command',
    script: ['cli/build.mjs'],
    from: ['cli/src', 'cli/build.mjs', 'tools/bundle.mjs', 'server/src', 'draw/src', 'sheets/src', 'words'],
    to: 'cli/dist/sunlot.js',
  },
]

const asked = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const onlyChanged = process.argv.includes('--changed')
const unknown = asked.filter((name) => !TARGETS.some((target) => target.name === name))
if (unknown.length > 0)
  stop(`There is no ${unknown.join(', ')}; there are ${TARGETS.map(({ name }) => name).join(', ')}.`)

for (const target of TARGETS) {
  if (asked.length > 0 && !asked.includes(target.name)) continue
  const stamp = join(root, 'var', 'build', target.name)
  const state = stateOf(target.from)
  if (onlyChanged && existsSync(join(root, target.to)) && readIfThere(stamp) === state) continue
  build(target)
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, state)
}

function build({ script }) {
  const [file] = script
  if (!existsSync(join(root, file)) && !existsSync(file))
    stop(`${file} is not there: this checkout is not whole.`)
  const { status } = spawnSync(process.execPath, script, { cwd: root, stdio: 'inherit' })
  if (status !== 0) stop(`${file} failed (see above).`)
}

/** Names, sizes and times of all sources and of the installed packages: what differs has changed. */
function stateOf(paths) {
  const hash = createHash('sha256')
  const visit = (path) => {
    const stat = statSync(join(root, path), { throwIfNoEntry: false })
    if (!stat) return
    if (stat.isFile()) hash.update(`${path} ${stat.size} ${stat.mtimeMs}\n`)
    else
      for (const name of readdirSync(join(root, path)).toSorted())
        if (name !== 'dist' && name !== 'node_modules') visit(`${path}/${name}`)
  }
  for (const path of [...paths, 'package-lock.json']) visit(path)
  return hash.digest('hex')
}

function readIfThere(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

/** The program of vite: its package does not export the file. */
function vite() {
  const entry = createRequire(import.meta.url).resolve('vite/package.json')
  return join(dirname(entry), 'bin', 'vite.js')
}

function stop(sentence) {
  console.error(sentence)
  process.exit(1)
}
