// sunlot commit: freezes the register and the inspectors, and fixes at once everything that can change the result.

import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
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
import { type PrivateFiles, privateOf, writePrivate } from '../desk/draw-folder.ts'
import { folderFiles } from '../desk/files.ts'
import { takeLock, withDeskLock } from '../desk/lock.ts'
import { LocalLog } from '../desk/local-log.ts'
import { CommandError } from '../errors.ts'
import { freezeInspectors, type FrozenRegister, freezeRegister } from '../freeze/index.ts'
import { choicesOf, commitTime, type PlanChoices, type PlanFile, readPlanFile } from '../plan-file/index.ts'
import { finishEarlier, givePlace, makeReady, refuseSecond } from './commit-folder.ts'
import { shortList, writePeople } from './commit-people.ts'
import { softwareFiles } from './software.ts'
import {
  type Args,
  chinaTime,
  type Io,
  leafOf,
  needed,
  option,
  perform,
  positional,
  refuseBackdated,
} from './step.ts'

/** Commits the draw of a plan file into a new folder. One process at a time works for an output. */
export async function run(args: Args, io: Io): Promise<number> {
  const plan = await readPlanFile(positional(args, 0, 'PLAN'))
  const folder = needed(args, 'out').replace(/(?<=.)[/\\]+$/, '')
  if (existsSync(folder)) throw new CommandError('out_exists', { folder })
  const desk = openDesk(option(args, 'desk') ?? plan.log ?? DESK)
  mkdirSync(dirname(folder), { recursive: true })
  const lock = takeLock(`${folder}.sunlot-lock`, 'out_locked')
  try {
    if (existsSync(folder)) throw new CommandError('out_exists', { folder })
    return await commitInto(folder, plan, { desk, at: option(args, 'at') }, io)
  } finally {
    lock.release()
  }
}

async function commitInto(
  folder: string,
  plan: PlanFile,
  { desk, at }: { desk: Desk; at: string | undefined },
  io: Io,
): Promise<number> {
  const work = `${folder}.sunlot-partial`
  const earlier = withDeskLock(desk, () => finishEarlier(new LocalLog(desk), work))
  if (earlier !== undefined) {
    givePlace(work, folder)
    if (earlier !== plan.drawId) throw new CommandError('other_finished', { folder, draw: earlier })
    io.out(io.t('steps.commit_finished', { folder }))
    return 0
  }
  const now = commitTime(plan, clockOf(desk, at))
  withDeskLock(desk, () => makeReady(new LocalLog(desk), plan, work, now))
  const register = await freezeRegister(plan, join(work, 'oversight'), io)
  const { people } = await freezeInspectors(plan, io)
  const choices = choicesOf(plan, register.strata, people)
  const committed = withDeskLock(desk, () => {
    const log = new LocalLog(desk)
    refuseSecond(log, plan)
    refuseBackdated({ log, now })
    writePeople(plan, work, people)
    const built = build(plan, choices, { desk, log, now, work })
    announce(io, plan, register, built)
    settle({ work, log, now, ...built })
    return built.commit
  })
  givePlace(work, folder)
  io.out(
    io.t('steps.committed', { folder, hash: committed.hash, close_by: chinaTime(committed.value.close_by) }),
  )
  if (plan.sealed) io.out(io.t('notes.secrets_one_desk'))
  return 0
}

interface At {
  readonly desk: Desk
  readonly log: LocalLog
  readonly now: number
  readonly work: string
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
  const kept: PrivateFiles = {
    draw: plan.drawId,
    ...(secrets.people ? { people: secrets.people } : {}),
    sealed: servers.map((s, i) => ({ id: s.id, value: secrets.sealed[i] as string })),
  }
  writePrivate(at.work, new Map([['secrets.json', `${JSON.stringify(kept)}\n`]]))
  return { entry, commit }
}

/** Logs plan entry and commitment, with the files that they are of. */
function settle(all: {
  work: string
  log: LocalLog
  now: number
  entry: Built<Plan>
  commit: Built<Commitment>
}): void {
  const { entry, commit, work, log, now } = all
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
  const before = {
    drawId: c.draw_id,
    planHash: c.plan.hash,
    prev: c.prev,
    supersedes: c.supersedes,
    signatures: [],
  }
  perform({ log, now }, work, { files, leaves: [...planLeaf, commitLeaf], signatures: [] }, before)
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
