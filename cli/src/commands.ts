// The commands with their arguments and options; every text that a person reads is in words/*/command.json.

import { Command, CommanderError, Option } from 'commander'
import { EXIT } from './errors.ts'
import type { Args } from './steps/step.ts'
import type { Translate } from './words.ts'

/** One option. `many`: may be given several times. `value`: takes one. */
interface OptionRow {
  readonly flag: string
  readonly value?: string
  readonly many?: boolean
}

interface CommandRow {
  readonly name: string
  /** As commander writes them: `<BUNDLE>`, `[PEOPLE...]`. */
  readonly args: readonly string[]
  readonly options: readonly OptionRow[]
}

const flag = (name: string): OptionRow => ({ flag: name })
const one = (name: string, value: string): OptionRow => ({ flag: name, value })
const many = (name: string, value: string): OptionRow => ({ flag: name, value, many: true })

const DESK_OPTIONS = [one('desk', 'FOLDER'), one('at', 'TIME')]
const EVENT_OPTIONS = [
  one('by', 'PERSON'),
  one('approved-by', 'PERSON'),
  one('evidence', 'FILE'),
  ...DESK_OPTIONS,
]
/** Where a server keeps what it has; everything else of it is in the environment. */
const FOLDER_OPTION = [one('folder', 'FOLDER')]
const VALUE_OPTIONS = [
  many('value', 'ID=VALUE'),
  many('again', 'ID=VALUE'),
  many('value-at', 'ID=TIME'),
  many('signature', 'FILE'),
]

/** Every command, in the order of the work. */
export const COMMANDS: readonly CommandRow[] = [
  { name: 'keys', args: ['[PERSON...]'], options: [one('desk', 'FOLDER'), flag('sm2'), flag('simulated')] },
  { name: 'commit', args: ['<PLAN>'], options: [one('out', 'FOLDER'), ...DESK_OPTIONS] },
  {
    name: 'close',
    args: ['<DRAW>'],
    options: [many('observer', 'TEXT'), one('escrow', 'CODES'), ...DESK_OPTIONS],
  },
  {
    name: 'draw',
    args: ['<DRAW>'],
    options: [...VALUE_OPTIONS, many('by', 'ID=PERSON,PERSON'), ...DESK_OPTIONS],
  },
  { name: 'skip', args: ['<DRAW>'], options: [one('id', 'ID'), one('reason', 'REASON'), ...EVENT_OPTIONS] },
  {
    name: 'substitute',
    args: ['<DRAW>'],
    options: [
      one('id', 'ALIAS'),
      one('subject', 'ID'),
      one('reason', 'REASON'),
      one('source', 'SOURCE'),
      one('roller', 'PERSON'),
      one('event', 'N'),
      ...VALUE_OPTIONS,
      ...EVENT_OPTIONS,
    ],
  },
  { name: 'void', args: ['<DRAW>'], options: [one('reason', 'REASON'), ...EVENT_OPTIONS] },
  {
    name: 'open',
    args: ['<DRAW>'],
    options: [one('by', 'PERSON'), one('approved-by', 'PERSON'), ...DESK_OPTIONS],
  },
  {
    name: 'verify',
    args: ['<BUNDLE>', '[FILE...]'],
    options: [one('policy', 'FILE'), one('keys', 'FILE'), flag('json'), ...FOLDER_OPTION],
  },
  { name: 'explain', args: ['<BUNDLE>', '<ID>'], options: [flag('json')] },
  {
    name: 'export',
    args: ['<DRAW>'],
    options: [one('level', 'L1|L2'), one('out', 'FILE'), one('desk', 'FOLDER')],
  },
  { name: 'demo', args: [], options: [one('out', 'FOLDER'), one('port', 'PORT'), flag('no-serve')] },
  { name: 'serve', args: [], options: FOLDER_OPTION },
  { name: 'migrate', args: [], options: FOLDER_OPTION },
  {
    name: 'appoint',
    args: [],
    options: [
      one('division', 'CODE'),
      one('authority', 'NAME'),
      one('system', 'NAME:USERNAME'),
      one('security', 'NAME:USERNAME'),
      one('audit', 'NAME:USERNAME'),
      ...FOLDER_OPTION,
    ],
  },
  { name: 'backup', args: [], options: [one('out', 'FILE'), one('keys', 'FILE'), ...FOLDER_OPTION] },
  { name: 'restore', args: ['<FILE>'], options: [one('keys', 'FILE'), ...FOLDER_OPTION] },
  { name: 'doctor', args: [], options: [flag('json'), ...FOLDER_OPTION] },
  {
    name: 'witness',
    args: [],
    options: [one('name', 'NAME'), one('host', 'ADDRESS'), one('port', 'PORT'), ...FOLDER_OPTION],
  },
  { name: 'reset', args: ['<USERNAME>'], options: [one('purpose', 'TEXT'), ...FOLDER_OPTION] },
  { name: 'tls', args: [], options: [many('name', 'NAME'), flag('renew'), ...FOLDER_OPTION] },
]

/** Runs one command with its arguments. */
export type RunCommand = (name: string, args: Args) => Promise<void>

/** The program for commander, in the language of `t`. Throws CommanderError instead of ending the process. */
export function programOf(t: Translate, version: string, run: RunCommand): Command {
  const program = new Command('sunlot')
    .description(t('help.sunlot'))
    .version(version, '-V, --version', t('help.version'))
    .helpOption('-h, --help', t('help.help'))
    .helpCommand(`help [${t('help.command_word')}]`, t('help.help_command'))
    .option('--lang <zh-CN|en>', t('help.lang'))
    .option('--debug', t('help.debug'))
    .addHelpText('after', `\n${t('help.after')}`)
  shape(program, t)
  for (const row of COMMANDS) program.addCommand(commandOf(row, t, run))
  return program
}

function commandOf(row: CommandRow, t: Translate, run: RunCommand): Command {
  const command = new Command(row.name)
    .description(t(`help.commands.${row.name}`))
    .helpOption('-h, --help', t('help.help'))
  for (const arg of row.args) command.argument(arg, t(`help.arguments.${arg.replaceAll(/[^A-Z]/g, '')}`))
  for (const option of row.options) command.addOption(optionOf(row.name, option, t))
  shape(command, t)
  return command.action(async () => {
    await run(row.name, { positionals: command.args, options: command.opts() })
  })
}

function optionOf(command: string, { flag: name, value, many: several }: OptionRow, t: Translate): Option {
  const own = t(`help.options.${command}-${name}`)
  const words = own.startsWith('help.') ? t(`help.options.${name}`) : own
  const option = new Option(`--${name}${value === undefined ? '' : ` <${value}>`}`, words)
  if (several)
    option.argParser((text: string, before: readonly string[] | undefined) => [...(before ?? []), text])
  return option
}

// Commander's own words, in the reader's language; its errors are thrown.
function shape(command: Command, t: Translate): void {
  command
    .exitOverride()
    .configureHelp({ styleTitle: (title) => t(`help.titles.${title.replace(':', '')}`) })
    .configureOutput({ outputError: () => undefined })
    .showSuggestionAfterError(false)
}

/** The sentence and exit code of what commander refused; nothing to say where it has shown help or version. */
export function usageOf(error: CommanderError): {
  readonly code?: string
  readonly what: string
  readonly exit: number
} {
  if (error.exitCode === 0) return { what: '', exit: EXIT.ok }
  const what = /'([^']*)'/.exec(error.message)?.[1] ?? ''
  const name = error.code.replace('commander.', '')
  return name === 'help' ? { what, exit: EXIT.usage } : { code: `usage.${name}`, what, exit: EXIT.usage }
}
