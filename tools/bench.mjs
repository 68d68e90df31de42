// npm run bench: every bench/*.bench.ts in turn; `npm run bench -- matching` runs those whose name contains a word.

import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const asked = process.argv.slice(2)
const files = readdirSync(`${root}bench`)
  .filter(
    (name) => name.endsWith('.bench.ts') && (asked.length === 0 || asked.some((word) => name.includes(word))),
  )
  .toSorted()

console.log(
  `node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model}), ${(totalmem() / 2 ** 30).toFixed(1)} GiB`,
)
let failed = files.length === 0 ? 1 : 0
for (const file of files) {
  console.log(`\n── bench/${file}`)
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', `bench/${file}`], {
    cwd: root,
    stdio: 'inherit',
  })
  if (status !== 0) failed++
}
process.exit(failed === 0 ? 0 : 1)
