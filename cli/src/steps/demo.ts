// sunlot demo: 青石县 from register to verified draw on a simulated desk, then the verifier page with its bundle.

import { randomInt } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { verify } from '@sunlot/draw'
import { folderFiles, replaceFile } from '../desk/files.ts'
import { run as close } from './close.ts'
import { run as commit } from './commit.ts'
import { run as draw } from './draw.ts'
import { zipOf } from './export.ts'
import { run as keys } from './keys.ts'
import { serve } from './serve.ts'
import { run as skip } from './skip.ts'
import { projectRoot } from './software.ts'
import { type Args, type Io, option } from './step.ts'
import { run as substitute } from './substitute.ts'

type StepRun = (args: Args, io: Io) => Promise<number>

/** Runs the example into `--out` (default var/example), verifies it, and serves the page unless `--no-serve`. */
export async function run(args: Args, io: Io): Promise<number> {
  const root = projectRoot()
  const out = option(args, 'out') ?? join(root, 'var', 'example')
  rmSync(out, { recursive: true, force: true })
  mkdirSync(out, { recursive: true })
  const desk = join(out, 'desk')
  const folder = join(out, 'draw')
  const step = async (
    name: string,
    work: StepRun,
    positionals: string[],
    options: Args['options'],
  ): Promise<void> => {
    io.out('')
    io.out(io.t(`steps.demo_${name}`))
    await work({ positionals, options: { desk, ...options } }, io)
  }
  await step('keys', keys, ['d01', 'd90', 'visitor-1', 'visitor-2'], { simulated: true })
  const plan = join(root, 'cli', 'example', 'qingshi', 'plan.yaml')
  await step('commit', commit, [plan], { out: folder, at: '2026-11-23T09:00:00+08:00' })
  const observers = ['20261124', '618033', '愿抽得公道']
  await step('close', close, [folder], { observer: observers, at: '2026-11-24T08:50:00+08:00' })
  await step('draw', draw, [folder], { ...thrown(), at: '2026-11-24T21:30:00+08:00' })
  await step('skip', skip, [folder], {
    id: firstDrawn(folder),
    reason: 'not_found_twice',
    evidence: plan,
    by: 'SC001',
    approvedBy: 'SC-head',
    at: '2026-11-26T10:00:00+08:00',
  })
  await replaceSomebody(step, folder, plan)
  return finish(args, io, out, folder)
}

/** What the simulated dice and the simulated lottery show; new at every run. */
function thrown(): Args['options'] {
  const dice = Array.from({ length: 32 }, () => randomInt(10)).join('')
  const red = new Set<number>()
  while (red.size < 6) red.add(1 + randomInt(33))
  const lottery = `${[...red].toSorted((a, b) => a - b).join('.')}./${1 + randomInt(16)}./`
  const value = [`dice=${dice}`, `lottery=${lottery}`]
  const by = ['dice=visitor-1,visitor-2', 'lottery=visitor-1,visitor-2']
  const valueAt = ['dice=2026-11-24T09:06:00+08:00', 'lottery=2026-11-24T21:20:00+08:00']
  return { value, again: value, by, valueAt }
}

/** An inspector falls ill: the event names its dice, the dice are thrown, and who enters follows. */
async function replaceSomebody(
  step: (name: string, work: StepRun, positionals: string[], options: Args['options']) => Promise<void>,
  folder: string,
  evidence: string,
): Promise<void> {
  const leaver =
    readFileSync(join(folder, 'oversight', 'teams.tsv'), 'utf8')
      .split('\t')[1]
      ?.split(',')[0] ?? ''
  const persons = { by: 'SC002', approvedBy: 'SC-head' }
  await step('substitute', substitute, [folder], {
    id: leaver,
    reason: 'special',
    evidence,
    source: 'dice:10x12',
    roller: 'visitor-1',
    ...persons,
    at: '2026-11-27T09:00:00+08:00',
  })
  const value = [`fresh=${Array.from({ length: 12 }, () => randomInt(10)).join('')}`]
  await step('settle', substitute, [folder], {
    event: '2',
    value,
    again: value,
    by: ['fresh=visitor-1,visitor-2'],
    at: '2026-11-27T09:10:00+08:00',
  })
}

function firstDrawn(folder: string): string {
  const selection = readFileSync(join(folder, 'oversight', 'selection.tsv'), 'utf8')
  return selection.slice(0, selection.indexOf('\t'))
}

async function finish(args: Args, io: Io, out: string, folder: string): Promise<number> {
  const site = join(out, 'site')
  mkdirSync(site)
  replaceFile(join(site, 'bundle.zip'), zipOf(join(folder, 'public')))
  replaceFile(join(site, 'oversight.zip'), zipOf(join(folder, 'oversight')))
  replaceFile(join(site, 'index.html'), readFileSync(join(folder, 'public', 'verifier.html')))
  for (const part of ['public', 'oversight']) {
    const report = verify(folderFiles(join(folder, part)))
    const unknown = report.checks.filter((c) => c.holds === 'unknown').map((c) => c.id)
    io.out(
      io.t('steps.demo_verified', {
        part,
        verdict: io.t(`steps.verdict_${report.verdict}`),
        unknown: unknown.length > 0 ? io.t('steps.demo_unknown', { list: unknown.join('、') }) : '',
      }),
    )
    if (report.verdict === 'contradicted') return 1
  }
  if (args.options['serve'] === false || !existsSync(site)) return 0
  const { address, close: stop } = await serve(
    site,
    Number(option(args, 'port') ?? process.env['PORT'] ?? 4780),
  )
  io.out('')
  io.out(io.t('steps.demo_open', { address }))
  await new Promise((resolve) => io.signal?.addEventListener('abort', resolve))
  stop()
  return 0
}
