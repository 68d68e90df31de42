// sunlot verify: every check of a bundle as a sentence, and the verdict as the exit code.

import { readFileSync } from 'node:fs'
import {
  FieldError,
  namesNoWitness,
  policy,
  type Policy,
  type Report,
  type Verdict,
  verifySteps,
} from '@sunlot/draw'
import {
  checkSentence,
  claimSentence,
  fillVerify,
  numberText,
  sentenceOf,
  VERIFY,
} from '../../../words/index.ts'
import { openBundle } from '../bundle/open.ts'
import { CommandError, EXIT, stopIfAborted } from '../errors.ts'
import { tableText } from '../progress.ts'
import { langOf } from '../words.ts'
import { type Args, type Io, option, positional } from './step.ts'

const EXITS: Readonly<Record<Verdict, number>> = {
  verified: EXIT.ok,
  contradicted: EXIT.contradicted,
  indeterminate: EXIT.indeterminate,
}

/** Verifies the bundle named first, against the policy of `--policy` where there is one. */
export async function run(args: Args, io: Io): Promise<number> {
  // Of a platform, not of a bundle: a bundle in a folder of this name is `./log`.
  if (OF_A_PLATFORM.has(positional(args, 0, 'BUNDLE')))
    return (await import('./operator.ts')).stepOf('verify').run(args, io)
  const path = option(args, 'policy')
  const trusted = path === undefined ? undefined : readPolicy(path)
  const files = openBundle(positional(args, 0, 'BUNDLE'))
  const steps = verifySteps(files, trusted ? { policy: trusted } : {})
  const asJson = args.options['json'] === true
  const lang = langOf(io)
  for (;;) {
    const step = steps.next()
    if (step.done) {
      if (asJson) io.out(JSON.stringify(step.value, undefined, 2))
      else tellVerdict(step.value, io)
      return EXITS[step.value.verdict]
    }
    if (!asJson) {
      const { id, holds } = step.value
      const sentence = checkSentence(lang, step.value)
      const claim = claimSentence(lang, id)
      io.out(`${MARKS[holds]} ${holds === 'yes' ? sentence : io.t('verify.claim', { claim, sentence, id })}`)
    }
    // Lets Ctrl-C in between two checks.
    await new Promise(setImmediate)
    stopIfAborted(io.signal)
  }
}

const OF_A_PLATFORM = new Set(['log', 'consistency', 'receipt', 'state', 'grants', 'backup'])

const MARKS = { yes: '✓', no: '✗', unknown: '?' } as const

function tellVerdict(report: Report, io: Io): void {
  const lang = langOf(io)
  const words = VERIFY[lang]
  const count = (holds: string): number => report.checks.filter((c) => c.holds === holds).length
  const failed = report.checks.find((c) => c.holds === 'no')
  const drawId = report.facts['draw_id'] ?? words.unnamed_draw
  io.out('')
  io.out(
    fillVerify(lang, words.verdict_sentences[sentenceOf(report)], {
      draw_id: drawId,
      all: report.checks.length,
      yes: count('yes'),
      unknown: count('unknown'),
      reason: failed ? checkSentence(lang, failed) : '',
    }),
  )
  io.out(words.states[report.state])
  io.out(words.levels[report.level])
  if (report.weak) io.out(words.weak)
  const rows = Object.entries(report.facts).flatMap(([name, value]): [string, string][] => {
    const label = (words.facts as Readonly<Record<string, string>>)[name]
    return label === undefined ? [] : [[label, factText(lang, name, value)]]
  })
  io.out('')
  io.out(tableText(rows))
}

function factText(lang: ReturnType<typeof langOf>, name: string, value: string | number): string {
  if (name.endsWith('_at')) return fillVerify(lang, `{${name}}`, { [name]: value })
  return typeof value === 'number' ? numberText(value) : value
}

function readPolicy(path: string): Policy {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw new CommandError('policy_missing', { path }, { cause: error })
  }
  try {
    const read: unknown = JSON.parse(text)
    if (namesNoWitness(read)) throw new CommandError('policy_nobody', { path })
    return policy(read, 'policy')
  } catch (error) {
    if (error instanceof FieldError || error instanceof SyntaxError)
      throw new CommandError('policy_form', { path, why: error.message }, { cause: error })
    throw error
  }
}
