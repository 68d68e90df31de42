#!/usr/bin/env node
// The command `sunlot`: words in, exit code out. Every failure is a sentence that says where, and how to mend it.

import { CommanderError } from 'commander'
import { programOf, usageOf } from './commands.ts'
import { asCommandError, type CommandError, EXIT } from './errors.ts'
import { progressOn, silentProgress } from './progress.ts'
import type { Args, Io } from './steps/step.ts'
import { languageOf, type Translate, translator } from './words.ts'

/** A step: `cli/src/steps/<command>.ts`. Gives the exit code. */
interface StepModule {
  run(args: Args, io: Io): Promise<number>
}

// Loaded only when asked for: `explain` need not wait for what `commit` imports.
const STEPS: Readonly<Record<string, () => Promise<StepModule>>> = {
  keys: () => import('./steps/keys.ts'),
  commit: () => import('./steps/commit.ts'),
  close: () => import('./steps/close.ts'),
  draw: () => import('./steps/draw.ts'),
  skip: () => import('./steps/skip.ts'),
  substitute: () => import('./steps/substitute.ts'),
  void: () => import('./steps/void.ts'),
  open: () => import('./steps/open.ts'),
  verify: () => import('./steps/verify.ts'),
  explain: () => import('./steps/explain.ts'),
  export: () => import('./steps/export.ts'),
  demo: () => import('./steps/demo.ts'),
  serve: () => operatorStep('serve'),
  migrate: () => operatorStep('migrate'),
  appoint: () => operatorStep('appoint'),
  backup: () => operatorStep('backup'),
  restore: () => operatorStep('restore'),
  doctor: () => operatorStep('doctor'),
  tls: () => operatorStep('tls'),
  reset: () => operatorStep('reset'),
  witness: () => operatorStep('witness'),
}

async function operatorStep(name: string): Promise<StepModule> {
  return (await import('./steps/operator.ts')).stepOf(name)
}

const VERSION = '0.1.0'

/** Runs one command line (without the program's own name) and gives the exit code. */
async function main(argv: readonly string[]): Promise<number> {
  const lang = languageOf(wordAfter(argv, '--lang') ?? process.env['SUNLOT_LANG'])
  const t = translator(lang)
  const stop = new AbortController()
  let exit: number = EXIT.ok
  const program = programOf(t, VERSION, async (name, args) => {
    const io = ioOf(args.options['json'] === true, stop.signal, { t, lang })
    const step = STEPS[name]
    if (!step) throw new Error(`no step ${name}`)
    watchInterrupt(stop, t)
    exit = await (await step()).run(args, io)
  })
  try {
    await program.parseAsync([...argv], { from: 'user' })
    return exit
  } catch (error) {
    return tellError(error, t, argv.includes('--debug'))
  }
}

function ioOf(quiet: boolean, signal: AbortSignal, { t, lang }: Pick<Io, 't' | 'lang'>): Io {
  return {
    out: (text) => void process.stdout.write(`${text}\n`),
    err: (text) => void process.stderr.write(`${text}\n`),
    progress: quiet ? silentProgress : progressOn(process.stderr, t),
    signal,
    t,
    ...(lang ? { lang } : {}),
  }
}

/** The first Ctrl-C asks the work to stop where it leaves nothing half done; the second ends the process. */
function watchInterrupt(stop: AbortController, t: Translate): void {
  const onSignal = (): void => {
    if (stop.signal.aborted) process.exit(EXIT.interrupted)
    stop.abort()
    process.stderr.write(`\n${t('errors.stopping')}\n`)
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
}

function tellError(error: unknown, t: Translate, debug: boolean): number {
  const line = (text: string): void => void process.stderr.write(`${text}\n`)
  if (error instanceof CommanderError) {
    const { code, what, exit } = usageOf(error)
    if (code) line(t(`errors.${code}`, { what }))
    return exit
  }
  const known = asCommandError(error)
  if (known) tellCommandError(known, t, line)
  else line(t('errors.bug', { message: error instanceof Error ? error.message : String(error) }))
  if (debug) line(error instanceof Error ? (error.stack ?? '') : '')
  return known?.exit ?? EXIT.bug
}

function tellCommandError(error: CommandError, t: Translate, line: (text: string) => void): void {
  line(t(`errors.${error.code}`, error.params))
  for (const { code, params } of error.details) {
    const sentence = t(code, params)
    // A detail may be a sentence of its own topic, or one of the errors.
    const text = sentence.startsWith(code) ? t(`errors.${code}`, params) : sentence
    line(`  ${text.replaceAll('\n', '\n  ')}`)
  }
}

function wordAfter(argv: readonly string[], name: string): string | undefined {
  const at = argv.findIndex((word) => word === name || word.startsWith(`${name}=`))
  const word = argv[at]
  if (at < 0 || word === undefined) return undefined
  return word.includes('=') ? word.slice(word.indexOf('=') + 1) : argv[at + 1]
}

// `sunlot … | head`: who reads no further has what he wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.ok)
  throw error
})
process.exitCode = await main(process.argv.slice(2))
