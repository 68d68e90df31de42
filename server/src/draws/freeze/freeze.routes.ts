// 冻结和承诺: the lists of an agreed task are frozen, judged, and committed to the public log.

import type { Commitment } from '@sunlot/draw'
import { conferenceOf, seenIn } from '../../agencies/index.ts'
import { resolve } from '../../law/index.ts'
import type { Reader, Writer } from '../../platform/database/database.ts'
import { personOf, read, reply, type Route, write, type WriteContext } from '../../platform/http/route.ts'
import { ById } from '../../platform/http/shapes.ts'
import { canOf, demand, found, type Refusal } from '../../platform/refusal.ts'
import { demandVersion } from '../../platform/versions.ts'
import { importsMoving, importsSince } from '../../registers/index.ts'
import { holdTaskToDraw, type TaskToDraw } from '../../tasks/index.ts'
import { leadOf } from '../draws/access.ts'
import { openDraw } from '../draws/draws.representation.ts'
import { Draw } from '../draws/draws.schema.ts'
import {
  type DrawRow,
  drawsOfTask,
  findDraw,
  insertDraw,
  lockDraw,
  preparedOf,
} from '../draws/draws.store.ts'
import { authorityCode } from '../draws/keys.ts'
import type { DrawsParts } from '../parts.ts'
import { leastNotice, whyNotCommit } from './commit.rules.ts'
import { commitDraw } from './committing.ts'
import { warning } from './findings.rules.ts'
import { FREEZING, type FreezeInput } from './freezing.ts'
import { mustBePublic, oversightFor, whyNotFreeze } from './freeze.rules.ts'
import { Commit, type ConflictCap, Findings, Freeze, FreezeAsked } from './freeze.schema.ts'
import { isSimulated, lockPlanEntry, pooledPersons, superiorOf } from './freeze.store.ts'
import { supersededOf } from './superseding.ts'
import { capOf, whyNotBeginAnew } from './superseding.rules.ts'
import type { ChosenSource } from './sources.rules.ts'

/** Freezing, its findings, the commitment. */
export function freezeRoutes(parts: DrawsParts): readonly Route[] {
  return [freezeRoute(parts), findingsRoute(parts), commitRoute(parts)]
}

function freezeRoute(parts: DrawsParts): Route {
  return write({
    method: 'POST',
    path: '/tasks/{id}/draws',
    action: 'draw.freeze',
    about: 'task',
    summary: '冻结名单：为商定的任务开始一次抽取',
    schema: { params: ById, body: Freeze },
    replies: { 202: FreezeAsked },
    async handler(context) {
      const { writer, access, params, body, now } = context
      const seen = seenIn(access, 'task.show')
      const toDraw = found(await holdTaskToDraw(parts, writer, seen, params.id), 'task')
      demand(access.whyNot('draw.freeze', { authorityId: toDraw.task.leadAuthorityId }), 403)
      const draw = await newDraw(writer, toDraw)
      const superseded = await supersededOf(writer, draw.row)
      const asked = body.maxConflicts === undefined ? undefined : fractionOf(body.maxConflicts)
      demand(superseded && whyNotBeginAnew(superseded, { sealed: body.sealed, maxConflicts: asked }))
      const isSealed =
        body.sealed ?? superseded?.prepared.sealed ?? !mustBePublic({ ...toDraw, ...toDraw.task })
      // Whose subjects are kept, for that nobody reads the register.
      const movingFile = superseded ? undefined : draw.movingFile
      const facts = { ...toDraw, ...toDraw.task, ...draw, movingFile, taskState: toDraw.task.state }
      demand(whyNotFreeze(facts, isSealed))
      const [id, jobId] = [context.newId(), context.newId()]
      const by = personOf(context as WriteContext)
      await lockPlanEntry(writer, draw.row.planRef)
      await insertDraw(writer, { ...draw.row, id, jobId, isSealed, frozenById: by.personId, now })
      const maxConflicts = asked ?? (superseded && capOf(superseded.prepared)) ?? fractionOf('1/4')
      const input: FreezeInput = { drawId: id, maxConflicts }
      await parts.jobs.ask(writer, {
        id: jobId,
        kind: FREEZING,
        input: input as never,
        requestedBy: by.personId,
        authorityId: toDraw.task.leadAuthorityId,
      })
      return reply(202, { id, jobId })
    },
  })
}

/** What a new draw of a task is, and what decides whether there can be one. */
async function newDraw(writer: Writer, { task, law, place, authorityIds }: TaskToDraw) {
  const { leadAuthorityId: lead, divisionCode } = task
  const draws = await drawsOfTask(writer, task.id)
  const superior = await superiorOf(writer, lead)
  const conference = await conferenceOf(writer, divisionCode)
  const oversight = oversightFor(lead, {
    conference,
    superiorIds: superior === undefined ? [] : [superior],
  })
  const partyIds = [lead, ...authorityIds, ...(oversight === undefined ? [] : [oversight])]
  const code = await authorityCode(writer, lead)
  for (const id of partyIds) await authorityCode(writer, id)
  const serial = Math.max(0, ...draws.map((draw) => draw.serial)) + 1
  const organiser = resolve(law, 'draws.organiser', place)?.value
  return {
    draws,
    movingFile: await importsMoving(writer, task.scope.divisions),
    oversightAuthorityId: oversight,
    row: {
      name: `${code}-${task.year}-${task.serial}-${serial}`,
      taskId: task.id,
      divisionCode,
      leadAuthorityId: lead,
      oversightAuthorityId: oversight ?? lead,
      partyIds,
      serial,
      planRef: task.planLineId === null ? `task-${task.id}` : `line-${task.planLineId}`,
      drawNo: task.drawNo ?? 1,
      supersedesId: draws.findLast(({ state }) => state === 'void')?.id ?? null,
      organiser: typeof organiser === 'string' ? organiser : null,
      mode: task.matching,
      lawVersion: law.version,
    },
  }
}

function fractionOf(cap: ConflictCap): FreezeInput['maxConflicts'] {
  const [num, den] = cap.split('/').map(Number)
  return { num: num ?? 1, den: den ?? 1 }
}

function findingsRoute(parts: DrawsParts): Route {
  return read({
    method: 'GET',
    path: '/draws/{id}/findings',
    action: 'draw.findings',
    summary: '冻结时发现什么：必须改正的和应当知悉的',
    schema: { params: ById },
    replies: { 200: Findings },
    async handler({ reader, reach, access, actor, params, now }) {
      const draw = found(await findDraw(reader, reach, params.id), 'draw')
      const prepared = (await preparedOf(reader, draw.id))?.prepared as unknown as Commitment | null
      const caps = prepared && prepared.matching.mode !== 'none' ? prepared.matching.max_conflicts : null
      const by = actor.kind === 'person' ? actor.personId : ''
      const refusal = access.whyNot('draw.commit', leadOf(draw)) ?? (await whyNotNow(reader, draw, by, now))
      return {
        snapshotAt: draw.snapshotAt?.toISOString() ?? null,
        findings: [...(draw.findings ?? []), ...(await movedSince(reader, draw))],
        software: prepared?.software.files ?? [],
        maxConflicts: caps && `${caps.num}/${caps.den}`,
        hasBeacon: parts.drand.length > 0,
        leastNotice: leastNotice({
          isSimulated: await isSimulated(reader),
          quorum: parts.log.policy.quorum,
        }),
        can: { commit: canOf(refusal) },
      }
    },
  })
}

/** A file that came into the register after it was frozen: whoever commits ought to know. */
async function movedSince(reader: Reader, draw: DrawRow) {
  if (draw.state !== 'frozen' || !draw.snapshotAt) return []
  const file = await importsSince(reader, [draw.divisionCode], draw.snapshotAt)
  return file === undefined ? [] : [warning('register_moved', '', { file })]
}

async function whyNotNow(
  reader: Reader,
  draw: DrawRow,
  personId: string,
  now: Date,
): Promise<Refusal | undefined> {
  const [pooled] = await pooledPersons(reader, draw.id, [personId, draw.frozenById])
  return whyNotCommit(draw, { personId, pooled: pooled?.name, now })
}

function commitRoute(parts: DrawsParts): Route {
  const show = openDraw(parts)
  return write({
    method: 'POST',
    path: '/draws/{id}/commitment',
    action: 'draw.commit',
    about: 'draw',
    summary: '承诺：固定会影响结果的一切，写入公开日志',
    schema: { params: ById, body: Commit },
    replies: { 200: Draw },
    ifMatch: true,
    async handler(context) {
      const { writer, access, params, body, now, version } = context
      const seen = seenIn(access, 'draw.show')
      const draw = found(await lockDraw(writer, seen, params.id), 'draw')
      demand(access.whyNot('draw.commit', leadOf(draw)), 403)
      demandVersion(draw.version, version)
      const by = personOf(context as WriteContext).personId
      demand(await whyNotNow(writer, draw, by, now))
      await commitDraw(writer, parts, draw, {
        by,
        now,
        closeBy: new Date(body.closeBy),
        openAt: body.openAt === undefined ? undefined : new Date(body.openAt),
        sources: body.sources.map(chosenOf),
        note: body.note,
      })
      return show(writer, context, params.id)
    },
  })
}

function chosenOf(source: Commit['sources'][number]): ChosenSource {
  if (source.kind === 'drand') return source
  const { notBefore, ...rest } = source
  return notBefore === undefined
    ? rest
    : { ...rest, notBefore: Math.floor(new Date(notBefore).getTime() / 1000) }
}
