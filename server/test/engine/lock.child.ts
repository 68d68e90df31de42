// Asks for a folder, says whether it got it, and keeps it until it is told to leave or is killed.
// usage: <directory> open | <directory> <instant>: the whole database, or the lock alone, at that millisecond

import { DirectoryInUse, openEmbedded } from '../../src/platform/database/engine.ts'
import { lockDirectory } from '../../src/platform/database/directory-lock.ts'

const [directory = '', how = ''] = process.argv.slice(2)
while (how !== 'open' && Date.now() < Number(how));
const began = performance.now()
try {
  if (how === 'open') await openEmbedded({ directory })
  else lockDirectory(directory)
  console.log(`has it ${process.pid}`)
  setInterval(() => undefined, 1_000)
} catch (error) {
  if (!(error instanceof DirectoryInUse)) throw error
  console.log(
    `refused ${error.pid} ${Math.round(performance.now() - began)} ${error.directory} ${error.message}`,
  )
}
