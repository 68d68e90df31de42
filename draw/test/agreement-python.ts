// One Python process that verifies folder after folder with check.py, so that it starts but once.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** What check.py reports. */
export interface PythonReport {
  readonly verdict: 'verified' | 'contradicted' | 'indeterminate'
  readonly state: 'committed' | 'closed' | 'drawn' | 'void'
  readonly level: 'L1' | 'L2'
  readonly weak: boolean
  readonly code: string | null
  readonly checks: readonly { readonly id: string; readonly holds: string; readonly detail: string }[]
}

/** The checker, or in `why` the reason that it is not there. */
export interface Python {
  readonly why?: string
  verify(folder: string, policy: string): Promise<PythonReport>
  close(): void
}

const DRIVER = `
import json, sys
sys.path.insert(0, sys.argv[1])
import check
for line in sys.stdin:
    folder, policy = json.loads(line)
    with open(policy, 'rb') as f:
        pinned = json.loads(f.read().decode('utf-8'))
    print(json.dumps(check.verify(folder, pinned)), flush=True)
`

/** Starts python3 with check.py. */
export function openPython(): Python {
  const found = spawnSync('python3', ['--version'], { encoding: 'utf8' })
  if (found.status !== 0) return absentPython('there is no python3 on this machine')
  const vectors = fileURLToPath(new URL('../vectors', import.meta.url))
  const child = spawn('python3', ['-B', '-c', DRIVER, vectors], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    verify: (folder, policy) => ask(child, lines, [folder, policy]),
    close: () => void child.stdin.end(),
  }
}

async function ask(
  child: ChildProcess,
  lines: AsyncIterator<string>,
  question: readonly string[],
): Promise<PythonReport> {
  child.stdin?.write(`${JSON.stringify(question)}\n`)
  const answer = await lines.next()
  if (answer.done) throw new Error('check.py ended before its answer')
  return JSON.parse(answer.value) as PythonReport
}

function absentPython(why: string): Python {
  return { why, verify: () => Promise.reject(new Error(why)), close: () => undefined }
}
