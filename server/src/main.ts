// The process: settings from the environment, a server, and what ends it.

import { settingsFrom } from './platform/settings.ts'
import { openLog } from './operations/log.ts'
import { serve } from './operations/serve.ts'
import { languageOf, refusalSentence, sentence } from './operations/words.ts'

/** Nothing is wrong · what was given cannot be used · the machine failed · a bug of ours. As the command `sunlot` has them. */
const EXIT = { ok: 0, refused: 3, system: 4, bug: 70 } as const

const language = languageOf(process.env['SUNLOT_LANG'])
const say = (text: string): void => void process.stderr.write(`${text}\n`)

/** Runs until it is told to stop, and gives the exit code. */
async function main(): Promise<number> {
  const settings = settingsFrom(process.env)
  const logger = openLog(settings.logLevel)
  const failed = new Promise<number>((resolve) => {
    const end = (signal: string): void => {
      logger.info({ signal, state: 'stopping' }, 'stopping')
      resolve(EXIT.ok)
      // Who asks twice does not want to wait.
      process.once(signal, () => process.exit(130))
    }
    process.once('SIGINT', end)
    process.once('SIGTERM', end)
    onFailure = (failure) => {
      logger.fatal({ err: failure, state: 'database_failed' }, 'the database failed')
      say(sentence('refused.database_failed', {}, language))
      resolve(EXIT.system)
    }
  })
  const running = await serve({ settings, logger, onFailure: (failure) => onFailure(failure) })
  if (running.engine.kind === 'pglite') say(sentence('start.embedded', {}, language))
  if (running.birth.kind === 'simulated') say(sentence('start.simulated', {}, language))
  say(sentence('start.listening', { address: running.address }, language))
  const exit = await failed
  await running.stop()
  return exit
}

let onFailure: (failure: Error) => void = () => undefined

try {
  process.exitCode = await main()
} catch (error) {
  const text = refusalSentence(error, language)
  say(
    text ??
      sentence('refused.bug', { message: error instanceof Error ? error.message : String(error) }, language),
  )
  if (text === undefined && error instanceof Error) say(error.stack ?? '')
  process.exitCode = text === undefined ? EXIT.bug : EXIT.refused
}
// A timer of a library must not keep a server alive that has stopped.
process.exit()
