// sunlot commit: freezes the register and the inspectors, and fixes at once everything that can change the result.

import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import {
  buildCommitment,
  buildPlan,
  type Built,
  canonicalBytes,
  type Commitment,
  type CommitmentChoices,
  hashHex,
  type LogLeaf,
  type Plan,
  publicKeyOf,
  roundAfterClose,
  type Source,
  tag,
  utf8,
} from '@sunlot/draw'
import { type Desk, clockOf, DESK, keyOf, openDesk } from '../desk/desk.ts'
import { openDraw, privateOf, writePrivate } from '../desk/draw-folder.ts'
import { folderFiles } from '../desk/files.ts'
import { withDeskLock } from '../desk/lock.ts'
import { LocalLog } from '../desk/local-log.ts'
import { CommandError } from '../errors.ts'
import { discardPartial, freezeInspectors, type FrozenRegister, freezeRegister } from '../freeze/index.ts'
import { choicesOf, commitTime, type PlanChoices, type PlanFile, readPlanFile } from '../plan-file/index.ts'
import { shortList, writePeople } from './commit-people.ts'
import { softwareFiles } from './software.ts'
import { type Args, chinaTime, type Io, leafOf, needed, option, perform, positional } from './step.ts'

/** Commits the draw of a plan file into a new folder. */
export async function run(args: Args, io: Io): Promise<number> {
  const plan = await readPlanFile(positional(args, 0, 'PLAN'))
  const folder = needed(args, 'out')
  if (existsSync(folder)) throw new CommandError('out_exists', { folder })
  const desk = openDesk(option(args, 'desk') ?? plan.log ?? DESK)
  const now = commitTime(plan, clockOf(desk, option(args, 'at')))
  const work = `${folder}.sunlot-partial`
  if (finishEarlier(desk, work, folder)) {
    io.out(io.t('steps.commit_finished', { folder }))
    return 0
  }
  const lists = emptyLists(work)
  const register = await freezeRegister(plan, lists, io)
  const { people } = await freezeInspectors(plan, io)
  const choices = choicesOf(plan, register.strata, people)
  const committed = withDeskLock(desk, () => {
    const log = new LocalLog(desk)
    refuseSecond(log, plan)
    writePeople(plan, work, people)
    const built = build(plan, choices, { desk, log, now, work })
    announce(io, plan, register, built)
    settle({ plan, folder, work, log, now, ...built })
    return built.commit
  })
  await discardPartial(plan, join(folder, 'oversight'))
  io.out(
    io.t('steps.committed', { folder, hash: committed.hash, close_by: chinaTime(committed.value.close_by) }),
  )
  return 0
}

/** The folder in which the lists are made: empty, whatever an interrupted run left; its kept steps stand beside it. */
function emptyLists(work: string): string {
  for (const part of ['oversight', 'public', 'private'])
    rmSync(join(work, part), { recursive: true, force: true })
  const lists = join(work, 'oversight')
  mkdirSync(lists, { recursive: true })
  return lists
}

/** A commitment that was logged when the machine stopped has happened: its folder is given its place. */
function finishEarlier(desk: Desk, work: string, folder: string): boolean {
  if (!existsSync(join(work, 'oversight.ready'))) return false
  return withDeskLock(desk, () => {
    const log = new LocalLog(desk)
    const { commit } = openDraw(work, log)
    if (!log.leaves().some((l) => l.type === 'commit' && l.hash === commit.hash)) return false
    renameSync(work, folder)
    return true
  })
}

interface At {
  readonly desk: Desk
  readonly log: LocalLog
  readonly now: number
  readonly work: string
}

/** One open commitment for each draw of a plan entry; a voided one may be superseded. */
function refuseSecond(log: LocalLog, plan: PlanFile): void {
  const leaves = log.leaves()
  const taken = leaves.find((l) => l.type === 'commit' && l.draw === plan.drawId)
  if (taken) throw new CommandError('draw_id_taken', { draw: plan.drawId })
  const same = leaves.filter(
    (l) => l.type === 'commit' && l.plan_ref === plan.plan.ref && l.draw_no === plan.plan.drawNo,
  )
  const open = same.find((l) => l.hash !== plan.supersedes)
  if (open)
    throw new CommandError('plan_draw_taken', {
      ref: plan.plan.ref,
      draw_no: plan.plan.drawNo,
      draw: open.draw,
    })
}

/** Everything fixed at once; preflight tells now what would stop the close. */
function build(
  plan: PlanFile,
  choices: PlanChoices,
  at: At,
): { entry: Built<Plan>; commit: Built<Commitment> } {
  const folder = join(at.work, 'oversight')
  const { matching } = plan
  const secrets = {
    ...(matching.mode === 'none' ? {} : { people: randomBytes(32).toString('hex') }),
    sealed: plan.sealed ? [plan.authority, plan.oversight].map(() => randomBytes(32).toString('hex')) : [],
  }
  const entry = buildPlan(
    {
      v: 'vdp1',
      plan_ref: plan.plan.ref,
      authority: plan.authority,
      draws: plan.plan.draws,
      strata: choices.strata,
      filter: hashHex(plan.alg, utf8(plan.plan.filter.normalize('NFC'))),
      design: choices.design,
      note: (plan.plan.note ?? plan.plan.filter).normalize('NFC'),
    },
    plan.alg,
  )
  const previous = at.log.leaves().findLast((l) => l.type === 'commit' && l.authority === plan.authority)
  const given: CommitmentChoices = {
    alg: plan.alg,
    draw_id: plan.drawId,
    authority: plan.authority,
    oversight: plan.oversight,
    plan: { ref: plan.plan.ref, draw_no: plan.plan.drawNo },
    seq: (previous?.seq ?? 0) + 1,
    prev: previous?.hash ?? '0'.repeat(64),
    ...(plan.supersedes ? { supersedes: plan.supersedes } : {}),
    at: at.now,
    close_by: plan.times.closeBy,
    certify_by: plan.times.certifyBy,
    sealed: plan.sealed,
    ...(plan.times.openAt === undefined ? {} : { open_at: plan.times.openAt }),
    design: choices.design,
    max_skips: plan.maxSkips,
    demands: choices.demands,
    pools: choices.pools.map(({ authority, draw }) => ({ authority, draw })),
    matching: choices.matching,
    sources: [{ id: 'close', kind: 'close' }, ...serverSources(plan, secrets.sealed), ...laterSources(plan)],
    signers: [signer(at.desk, plan.authority, 'authority'), signer(at.desk, plan.oversight, 'oversight')],
    software: softwareOf(plan),
    ...(plan.note ? { note: plan.note.normalize('NFC') } : {}),
  }
  shortList(folder, given)
  const commit = buildCommitment(entry, given, folderFiles(folder), {
    ...(secrets.people ? { people: secrets.people } : {}),
    sealed: secrets.sealed.join(''),
  })
  const servers = commit.value.sources.filter((s) => s.kind === 'server')
  const kept = {
    ...(secrets.people ? { people: secrets.people } : {}),
    sealed: servers.map((s, i) => ({ id: s.id, value: secrets.sealed[i] as string })),
  }
  writePrivate(at.work, new Map([['secrets.json', `${JSON.stringify(kept)}\n`]]))
  return { entry, commit }
}

/** Logs plan entry and commitment, and gives the folder its place: from nothing to whole in one rename. */
function settle(all: {
  plan: PlanFile
  folder: string
  work: string
  log: LocalLog
  now: number
  entry: Built<Plan>
  commit: Built<Commitment>
}): void {
  const { entry, commit, work, log, now, folder } = all
  const { value: c } = commit
  const logged = log.leaves().some((l) => l.type === 'plan' && l.hash === entry.hash)
  const planLeaf: LogLeaf[] = logged ? [] : [leafOf(c.plan.ref, 'plan', entry.hash, now)]
  const commitLeaf: LogLeaf = {
    ...leafOf(c.draw_id, 'commit', commit.hash, now),
    authority: c.authority,
    seq: c.seq,
    prev: c.prev,
    plan_ref: c.plan.ref,
    draw_no: c.plan.draw_no,
  }
  const files = new Map([
    ['plan.json', entry.bytes],
    ['commit.json', commit.bytes],
    ...softwareFiles(),
    ...(c.people ? [['people.json', peopleFile(work)] as const] : []),
  ])
  const before = { drawId: c.draw_id, planHash: c.plan.hash, prev: c.prev, signatures: [] }
  perform({ log, now }, work, { files, leaves: [...planLeaf, commitLeaf], signatures: [] }, before, folder)
}

function peopleFile(work: string): Uint8Array {
  const { people = '' } = privateOf(work)
  return canonicalBytes({ v: 'vdp1', secret: people })
}

function serverSources(plan: PlanFile, secrets: readonly string[]): Source[] {
  return secrets.map((s, i) => ({
    id: i === 0 ? 'authority' : 'oversight',
    kind: 'server',
    holder: i === 0 ? plan.authority : plan.oversight,
    secret: tag(plan.alg, 'secret', s),
  }))
}

function laterSources(plan: PlanFile): Source[] {
  return plan.sources.map((s): Source => {
    if (s.kind === 'drand') return { id: s.id, kind: 'drand', round: roundAfterClose(plan.times.closeBy) }
    return s.kind === 'dice' && s.note !== undefined ? { ...s, note: s.note.normalize('NFC') } : (s as Source)
  })
}

function signer(desk: Desk, by: string, role: 'authority' | 'oversight'): Commitment['signers'][number] {
  const key = keyOf(desk, by)
  return { by, role, alg: key.alg, key: publicKeyOf(key) }
}

function softwareOf(plan: PlanFile): Commitment['software'] {
  const files = softwareFiles().map(([name, bytes]) => ({
    name,
    hash: createHash('sha256').update(bytes).digest('hex'),
  }))
  return { name: plan.software?.name ?? 'sunlot', version: plan.software?.version ?? '0.1.0', files }
}

function announce(
  io: Io,
  plan: PlanFile,
  register: FrozenRegister,
  built: { commit: Built<Commitment> },
): void {
  const { strata, register: whole } = built.commit.value
  const drawn = strata.reduce((sum, s) => sum + (s.n ?? 0), 0)
  io.out(
    io.t('steps.frozen', {
      rows: register.rows,
      population: register.population,
      excluded: register.excluded,
      rejected: register.rejected,
    }),
  )
  io.out(io.t('steps.will_draw', { strata: strata.length, drawn, register: whole.rows, draw: plan.drawId }))
}
