// sunlot migrate|backup|restore|doctor|tls|reset|serve|witness, sunlot verify log|state|…: an operator's work on an installation. Loads the server, and so is itself
// loaded only when one of these is asked for.

import {
  appoint,
  backUp,
  diagnose,
  exitCodeOf,
  linesOfDiagnosis,
  linesOfReport,
  makeCertificates,
  migratePostgres,
  openDatabase,
  operateWitness,
  refusalSentence,
  resetOffline,
  restore,
  runServer,
  sentence,
  settingsFrom,
  VERIFICATIONS,
} from '@sunlot/server'
import { join } from 'node:path'
import { CommandError, EXIT } from '../errors.ts'
import { langOf, type Language } from '../words.ts'
import { type Args, type Io, needed, option, options, positional } from './step.ts'

type Settings = ReturnType<typeof settingsFrom>
type Say = (code: string, params?: Readonly<Record<string, string | number>>) => void

/** What a piece of an operator's work is given. */
interface Operation {
  readonly args: Args
  readonly io: Io
  readonly settings: Settings
  readonly language: Language
  readonly say: Say
}

const OPERATIONS: Readonly<Record<string, (operation: Operation) => Promise<number>>> = {
  migrate: migrateNow,
  appoint: appointNow,
  backup: backUpNow,
  restore: restoreNow,
  doctor: diagnoseNow,
  tls: certifyNow,
  reset: resetNow,
  verify: verifyNow,
  witness: witnessNow,
}

/** The step of one of the operator's commands. */
export function stepOf(name: string): { run(args: Args, io: Io): Promise<number> } {
  return { run: (args, io) => operate(name, args, io) }
}

/** Runs it; what a person can mend becomes the server's own sentence and exit code 3. */
async function operate(name: string, args: Args, io: Io): Promise<number> {
  const language = langOf(io)
  const folder = option(args, 'folder')
  const env = folder === undefined ? process.env : { ...process.env, SUNLOT_FOLDER: folder }
  if (name === 'serve') return runServer(env, language)
  try {
    const operation = OPERATIONS[name]
    if (!operation) throw new Error(`no operation ${name}`)
    const say: Say = (code, params) => io.out(sentence(code, params, language))
    return await operation({ args, io, settings: settingsFrom(env), language, say })
  } catch (error) {
    const text = refusalSentence(error, language)
    if (text === undefined) throw error
    io.err(text)
    return EXIT.refused
  }
}

async function migrateNow({ settings, say }: Operation): Promise<number> {
  const migrated =
    settings.databaseUrl === undefined ? await migrateEmbedded(settings) : await migratePostgres(settings)
  if (migrated.length > 0) say('migrate.done', { count: migrated.length })
  else say('migrate.nothing')
  return EXIT.ok
}

async function migrateEmbedded(settings: Settings): Promise<readonly string[]> {
  const { engine, migrated } = await openDatabase(settings, () => undefined)
  await engine.close()
  return migrated
}

async function appointNow({ args, settings, say }: Operation): Promise<number> {
  const born = await appoint(settings, {
    division: needed(args, 'division'),
    authority: needed(args, 'authority'),
    people: {
      systemAdministrator: needed(args, 'system'),
      securityAdministrator: needed(args, 'security'),
      auditAdministrator: needed(args, 'audit'),
    },
  })
  for (const { role, username, password } of born) say(`appoint.${role}`, { username, password })
  say('appoint.done')
  return EXIT.ok
}

async function backUpNow({ args, settings, say }: Operation): Promise<number> {
  const made = await backUp(settings, {
    out: needed(args, 'out'),
    keys: option(args, 'keys'),
    passphrase: process.env['SUNLOT_KEYS_PASSPHRASE'],
    now: new Date(),
  })
  say('backup.done', { file: made.file, bytes: made.bytes, hash: made.hash })
  if (made.keysFile === undefined) say('backup.keys_apart', { folder: join(settings.folder, 'keys') })
  else say('backup.keys_done', { file: made.keysFile })
  return EXIT.ok
}

async function restoreNow({ args, settings, say }: Operation): Promise<number> {
  const { target, size } = await restore(settings, {
    from: positional(args, 0, 'FILE'),
    keys: option(args, 'keys'),
    passphrase: process.env['SUNLOT_KEYS_PASSPHRASE'],
  })
  say('restore.done', { target, size })
  say('restore.later')
  return EXIT.ok
}

async function diagnoseNow({ args, io, settings, language }: Operation): Promise<number> {
  const diagnosis = await diagnose(settings, new Date(), language)
  if (args.options['json'] === true) io.out(JSON.stringify(diagnosis))
  else for (const line of linesOfDiagnosis(diagnosis, settings.folder, language)) io.out(line)
  return diagnosis.sound ? EXIT.ok : EXIT.contradicted
}

async function certifyNow({ args, settings, say }: Operation): Promise<number> {
  const renew = args.options['renew'] === true
  const made = await makeCertificates(settings.folder, {
    names: options(args, 'name'),
    renew,
    now: new Date(),
  })
  const until = made.validUntil.toISOString().slice(0, 10)
  const { names, addresses } = made.reachable
  if (made.made.includes('authority')) say('tls.made_authority', { folder: made.folder })
  if (made.made.includes('server'))
    say('tls.made_server', { until, names: [...names, ...addresses].join(' ') })
  else say('tls.kept', { until })
  say('tls.fingerprint', { fingerprint: made.fingerprint })
  const outside = addresses.find((address) => address !== '127.0.0.1' && address !== '::1')
  say('tls.trust', { name: outside ?? names[0] ?? 'localhost', port: settings.port })
  return EXIT.ok
}

/** The password is said once and kept nowhere. */
async function resetNow({ args, io, settings, say }: Operation): Promise<number> {
  const username = positional(args, 0, 'USERNAME')
  const password = await resetOffline(settings, { username, purpose: needed(args, 'purpose') })
  say('reset.done', { username })
  io.out(password)
  return EXIT.ok
}

async function verifyNow({ args, io, settings, language }: Operation): Promise<number> {
  const [what = '', ...files] = args.positionals
  const verify = VERIFICATIONS[what]
  if (!verify) throw new Error(`no verification of ${what}`)
  const report = await verify(settings, {
    files,
    policy: option(args, 'policy'),
    keys: option(args, 'keys'),
    passphrase: process.env['SUNLOT_KEYS_PASSPHRASE'],
  })
  if (args.options['json'] === true) io.out(JSON.stringify(report, undefined, 2))
  else for (const line of linesOfReport(report, language)) io.out(line)
  return exitCodeOf(report)
}

/** Runs until it is told to stop. */
async function witnessNow({ args, io, say }: Operation): Promise<number> {
  const witness = await operateWitness({
    name: needed(args, 'name'),
    folder: needed(args, 'folder'),
    host: option(args, 'host') ?? '127.0.0.1',
    port: portOf(args),
  })
  say('witness.listening', { name: witness.name, url: witness.url })
  say('witness.line', { name: witness.name, key: witness.key })
  await new Promise<void>((resolve) => io.signal?.addEventListener('abort', () => resolve(), { once: true }))
  await witness.close()
  return EXIT.ok
}

const WITNESS_PORT = 8321

function portOf(args: Args): number {
  const text = option(args, 'port') ?? String(WITNESS_PORT)
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw new CommandError('usage.invalidArgument', { what: text })
  return port
}
