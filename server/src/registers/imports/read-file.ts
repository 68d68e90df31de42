// Reads an uploaded file in a thread of its own, which is ended when it takes too much memory or too long.

import { Refused } from '../../platform/refusal.ts'
import type { ReadingTask, Said, Sheet } from './reading.rules.ts'
import { startThread } from '../../platform/thread.ts'

// Of the thread, whatever the file is.
const MEMORY_MIB = 256
const READER = { source: 'registers/imports/read.worker.ts', built: 'read-worker.js' }
// From one word of the thread to the next: whoever is silent for so long hangs.
const PATIENCE_MS = 10_000

/** What a reading says that is neither its end nor a refusal. */
export type Batch = Exclude<Said, { kind: 'end' } | { kind: 'refused' }>

/** What a file is. Throws Refused (422), which says how to mend the file. */
export async function lookAtFile(task: Omit<ReadingTask, 'task'>): Promise<Sheet> {
  for await (const said of readFile({ ...task, task: { kind: 'look' } }))
    if (said.kind === 'looked') return said.sheet
  throw new Error('the thread said nothing of the file')
}

/** The batches of a file; the next is read while the last is worked on. Throws Refused (422). */
export async function* readFile(task: ReadingTask): AsyncGenerator<Batch, void, undefined> {
  const thread = startThread(READER, {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MIB },
  })
  const said: (Said | Error)[] = []
  let wake: (() => void) | undefined
  const hear = (word: Said | Error): void => {
    said.push(word)
    wake?.()
  }
  thread.on('message', (word: Said) => hear(word))
  thread.on('error', (error) => hear(error))
  thread.on('exit', (code) => hear(code === 0 ? { kind: 'end' } : tooCostly()))
  try {
    for (;;) {
      const word = said.shift() ?? (await nextWord())
      if (word instanceof Error) throw outOfMemory(word) ? tooCostly() : word
      if (word.kind === 'end') return
      if (word.kind === 'refused') throw new Refused(word.refusal, 422)
      // Asked for at once: the thread reads on while this batch is written.
      thread.postMessage('more')
      yield word
    }
  } finally {
    await thread.terminate()
  }

  async function nextWord(): Promise<Said | Error> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<'late'>((go) => {
      timer = setTimeout(() => go('late'), PATIENCE_MS)
    })
    const word = await Promise.race([new Promise<'said'>((go) => (wake = () => go('said'))), late])
    clearTimeout(timer)
    wake = undefined
    return word === 'late' ? new Refused({ code: 'import.too_slow' }, 422) : said.shift()!
  }
}

function outOfMemory(error: Error): boolean {
  return (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY'
}

function tooCostly(): Refused {
  return new Refused({ code: 'import.too_costly' }, 422)
}
