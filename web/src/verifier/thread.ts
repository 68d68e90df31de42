// Runs the engine in a worker made of this page's own script; where that is not allowed, here, with pauses.

import { Engine } from './engine.ts'
import type { Answer, Question } from './messages.ts'

/** Asks a question; `hear` gets every answer as it comes. */
export type Thread = (question: Question, hear: (answer: Answer) => void) => void

/** A message with the number of its question, so that answers to an earlier one are not taken for those to a later. */
interface Numbered<T> {
  readonly n: number
  readonly said: T
}

/** What a worker sees of the page. */
export interface WorkerScope {
  onmessage: ((event: MessageEvent<Numbered<Question>>) => void) | null
  postMessage(message: Numbered<Answer> | 'ready', transfer: Transferable[]): void
}

/** The worker's side: answers what the page asks. */
export function serve(scope: WorkerScope): void {
  const engine = new Engine()
  scope.postMessage('ready', [])
  scope.onmessage = ({ data }) => {
    for (const said of engine.answers(data.said)) scope.postMessage({ n: data.n, said }, [])
  }
}

/** A worker from `script`, or this thread where none starts. */
export async function startThread(script: string): Promise<Thread> {
  const worker = await startWorker(script)
  return worker ? askWorker(worker) : askHere()
}

function startWorker(script: string): Promise<Worker | undefined> {
  return new Promise((resolve) => {
    try {
      const worker = new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })))
      worker.onmessage = () => resolve(worker)
      worker.onerror = () => resolve(undefined)
    } catch {
      resolve(undefined)
    }
  })
}

function askWorker(worker: Worker): Thread {
  let asked = 0
  return (question, hear) => {
    const n = ++asked
    worker.onmessage = ({ data }: MessageEvent<Numbered<Answer>>) => {
      if (data.n === n) hear(data.said)
    }
    worker.onerror = (event) => hear({ is: 'failed', error: event.message })
    worker.postMessage({ n, said: question }, [])
  }
}

function askHere(): Thread {
  const engine = new Engine()
  let asked = 0
  return async (question, hear) => {
    const n = ++asked
    for (const answer of engine.answers(question)) {
      if (n !== asked) return
      hear(answer)
      await new Promise((done) => setTimeout(done))
    }
  }
}
