// Runs the engine in a worker made of this page's own script; where that is not allowed, here, with pauses.

import { Engine } from './engine.ts'
import type { Answer, Question } from './messages.ts'

/** Asks a question; `hear` gets every answer as it comes. */
export type Thread = (question: Question, hear: (answer: Answer) => void) => void

/** What a worker sees of the page. */
export interface WorkerScope {
  onmessage: ((event: MessageEvent<Question>) => void) | null
  postMessage(message: Answer | 'ready', transfer: Transferable[]): void
}

/** The worker's side: answers what the page asks. */
export function serve(scope: WorkerScope): void {
  const engine = new Engine()
  scope.postMessage('ready', [])
  scope.onmessage = ({ data }) => {
    for (const answer of engine.answers(data)) scope.postMessage(answer, [])
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
  return (question, hear) => {
    worker.onmessage = ({ data }: MessageEvent<Answer>) => hear(data)
    worker.onerror = (event) => hear({ is: 'failed', error: event.message })
    worker.postMessage(question, [])
  }
}

function askHere(): Thread {
  const engine = new Engine()
  return async (question, hear) => {
    for (const answer of engine.answers(question)) {
      hear(answer)
      await new Promise((done) => setTimeout(done))
    }
  }
}
