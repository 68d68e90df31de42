// A server as a process: it says where it is, and ends when it is told to or when its database fails.

import { settingsFrom } from '../platform/settings.ts'
import { openLog } from './log.ts'
import { type Running, serve } from './serve.ts'
import { type Language, refusalSentence, sentence } from './words.ts'

/** Nothing is wrong · what was given cannot be used · the machine failed · a bug. As the command `sunlot` has them. */
export const EXIT = { ok: 0, refused: 3, system: 4, bug: 70, interrupted: 130 } as const

/** Serves until a signal or a failure, and gives the exit code. What is for a person goes to standard error. */
export async function runServer(
  env: Readonly<Record<string, string | undefined>>,
  language: Language,
): Promise<number> {
  const say = (text: string): void => void process.stderr.write(`${text}\n`)
  try {
    return await serveUntilTold(env, (code, params) => say(sentence(code, params, language)))
  } catch (error) {
    const text = refusalSentence(error, language)
    if (text !== undefined) {
      say(text)
      return EXIT.refused
    }
    say(
      sentence('refused.bug', { message: error instanceof Error ? error.message : String(error) }, language),
    )
    if (error instanceof Error) say(error.stack ?? '')
    return EXIT.bug
  }
}

type Say = (code: string, params?: Readonly<Record<string, string | number>>) => void

async function serveUntilTold(env: Readonly<Record<string, string | undefined>>, say: Say): Promise<number> {
  const settings = settingsFrom(env)
  const logger = openLog(settings.logLevel)
  const told = untilSignal((signal) => logger.info({ signal, state: 'stopping' }, 'stopping'))
  let fail: (exit: number) => void = () => undefined
  const failed = new Promise<number>((resolve) => {
    fail = resolve
  })
  const running = await serve({
    settings,
    logger,
    onFailure: (error) => {
      logger.fatal({ err: error, state: 'database_failed' }, 'the database failed')
      say('refused.database_failed')
      fail(EXIT.system)
    },
  })
  greet(running, say)
  const exit = await Promise.race([told, failed])
  await running.stop()
  return exit
}

function greet({ address, engine, birth, signIns }: Running, say: Say): void {
  if (engine.kind === 'pglite') say('start.embedded')
  if (birth.kind === 'simulated') say('start.simulated')
  say('start.listening', { address })
  if (signIns.length === 0 && birth.empty) say('start.nobody')
  if (signIns.length > 0) say('start.example', { address: `${address}example` })
  say('start.stop')
}

/** The first signal asks to stop; who asks twice does not want to wait. */
function untilSignal(told: (signal: string) => void): Promise<number> {
  return new Promise((resolve) => {
    const end = (signal: string): void => {
      told(signal)
      resolve(EXIT.ok)
      for (const name of SIGNALS) process.once(name, () => process.exit(EXIT.interrupted))
    }
    for (const name of SIGNALS) process.once(name, end)
  })
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const
