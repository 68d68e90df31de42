// Answers questions about one bundle, step by step, so that whoever runs it can breathe between two checks.

import { explainer, type Fate, memoryFiles, verifySteps } from '@sunlot/draw'
import type { Answer, Files, Question } from './messages.ts'

/** One bundle after another; it remembers the last. */
export class Engine {
  #explain: ((id: string) => Fate) | undefined;

  /** Every answer to a question, one after the other. Never throws. */
  *answers(question: Question): Generator<Answer, void> {
    try {
      if (question.ask === 'explain') yield { is: 'fate', fate: this.#fateOf(question.id) }
      else yield* this.#verify(question.files, question)
    } catch (error) {
      yield { is: 'failed', error: error instanceof Error ? error.message : String(error) }
    }
  }

  *#verify(files: Files, { policy }: Extract<Question, { ask: 'verify' }>): Generator<Answer, void> {
    const bundle = memoryFiles(files)
    this.#explain = explainer(bundle)
    const steps = verifySteps(bundle, policy ? { policy } : {})
    for (;;) {
      const step = steps.next()
      if (step.done) return yield { is: 'report', report: step.value }
      yield { is: 'check', check: step.value }
    }
  }

  #fateOf(id: string): Fate {
    return this.#explain?.(id) ?? { kind: 'unreadable', file: 'commit.json' }
  }
}
