// The thread that computes over whole lists: what it costs, it costs here.

import { parentPort } from 'node:worker_threads'
import { CommitmentRefused } from '@sunlot/draw'
import { Refused } from '../../platform/refusal.ts'
import { doWork } from './tasks.ts'
import type { Answer, ErrorInWords, Order } from './work.ts'

const port = parentPort
if (!port) throw new Error('this file is a thread')
const say = (answer: Answer): void => port.postMessage(answer)

// An order begins before anything of this file has run: the port keeps it until somebody listens.
port.on('message', ({ id, kind, input }: Order) => {
  try {
    say({ id, output: doWork(kind, input, () => say({ id, written: true })) })
  } catch (error) {
    say({ id, error: inWords(error) })
  }
})

function inWords(thrown: unknown): ErrorInWords {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown))
  const { message, stack } = error
  const common = { message, ...(stack === undefined ? {} : { stack }) }
  if (error instanceof Refused) {
    const { code, params } = error.refusal
    return { ...common, kind: 'refused', code, status: error.status, ...(params ? { params } : {}) }
  }
  if (error instanceof CommitmentRefused)
    return { ...common, kind: 'commitment', code: error.code, params: error.params }
  const { code } = error as NodeJS.ErrnoException
  return { ...common, kind: 'error', ...(typeof code === 'string' ? { code } : {}) }
}
