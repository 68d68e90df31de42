// Installs the dependencies where they are missing or not those of package-lock.json. Needs only Node: it runs first.

import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const [major, minor] = process.versions.node.split('.').map(Number)

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Sunlot needs Node 20.19 or later; this is ${process.versions.node}. Get one from https://nodejs.org`,
  )
  process.exit(1)
}
const why = whyInstall()
if (why) {
  console.log(`npm ci: ${why}`)
  const npm = spawnSync('npm', ['ci', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (npm.status !== 0) process.exit(npm.status ?? 1)
}

/** Compares contents, not times: a checkout touches files, and a needless `npm ci` costs a minute. */
function whyInstall() {
  if (!existsSync(`${root}/node_modules/.package-lock.json`)) return 'nothing is installed yet'
  const wanted = packagesOf('package-lock.json')
  const installed = packagesOf('node_modules/.package-lock.json')
  for (const [path, { version, optional }] of Object.entries(wanted)) {
    const found = installed[path]
    if (path === '' || (!found && optional)) continue
    if (found?.version !== version)
      return `${path} is ${found?.version ?? 'missing'}, the lock file says ${version}`
  }
  return undefined
}

function packagesOf(file) {
  return JSON.parse(readFileSync(`${root}/${file}`, 'utf8')).packages
}
