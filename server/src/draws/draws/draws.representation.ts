// A draw as officials see it: where it stands, what was fixed and logged, and what may be done about it.

import { seenIn } from '../../agencies/index.ts'
import type { Reader } from '../../platform/database/database.ts'
import type { Context } from '../../platform/http/route.ts'
import { named } from '../../platform/http/shapes.ts'
import { canOf, found, type Refusal } from '../../platform/refusal.ts'
import type { DrawsParts } from '../parts.ts'
import { leadOf, oversightOf } from './access.ts'
import { isWithheld, whyNotByTime } from './draws.rules.ts'
import type { Draw, DrawLine } from './draws.schema.ts'
import { type DrawRow, findDraw } from './draws.store.ts'
import { whyTooLate } from './freshness.rules.ts'
import { witnessedOf } from './leaves.store.ts'
import { manifestsOf } from './manifests.store.ts'
import { whyNotFreshNow } from './places.ts'
import { whyNotStep } from './steps.rules.ts'

export type Viewing = Pick<Context, 'access' | 'actor' | 'now'>

/** Gives the representation of a draw, as far as the viewer sees. Throws NotFound. */
export function openDraw({ log }: Pick<DrawsParts, 'log'>) {
  return async (reader: Reader, viewing: Viewing, id: string): Promise<Draw> => {
    const row = found(await findDraw(reader, seenIn(viewing.access, 'draw.show'), id), 'draw')
    const manifests = await manifestsShown(reader, id)
    const { quorum } = log.policy
    const stale = row.state === 'closed' ? await whyNotFreshNow(reader, log, id, viewing.now) : undefined
    return {
      ...represent(row, viewing),
      manifests,
      quorum,
      now: viewing.now.toISOString(),
      stale: canOf(stale),
      can: canDo(row, viewing, { quorum, stale }),
    }
  }
}

/** A draw as a list shows it. */
export function representLine(row: DrawRow, now: Date): DrawLine {
  return {
    id: row.id,
    version: row.version,
    name: row.name,
    task: { id: row.taskId, name: row.taskName },
    taskNumber: row.taskNumber,
    year: row.year,
    division: { code: row.divisionCode, name: row.divisionName },
    lead: { id: row.leadAuthorityId, name: row.leadAuthorityName },
    oversight: { id: row.oversightAuthorityId, name: row.oversightAuthorityName },
    state: row.state,
    isSealed: row.isSealed,
    isWithheld: isWithheld(row, now),
    population: row.figures?.population ?? null,
    drawn: row.figures?.strata.reduce((sum, { n }) => sum + n, 0) ?? null,
    closeBy: instant(row.closeBy),
    certifyBy: instant(row.certifyBy),
    committedAt: instant(row.committedAt),
  }
}

function represent(
  row: DrawRow,
  { now }: Viewing,
): Omit<Draw, 'manifests' | 'quorum' | 'now' | 'stale' | 'can'> {
  const { serial, planRef, drawNo, seq, organiser, mode, jobId, failure, commitHash, closeHash } = row
  return {
    ...representLine(row, now),
    serial,
    planRef,
    drawNo,
    seq,
    organiser,
    mode,
    jobId,
    commitHash,
    closeHash,
    certificateHash: row.certificateHash,
    supersedes: named(row.supersedesId, row.supersedesName),
    failure: failure && { ...failure, ...(failure.params ? { params: { ...failure.params } } : {}) },
    figures: row.figures as Draw['figures'],
    infeasible: row.infeasible as Draw['infeasible'],
    snapshotAt: instant(row.snapshotAt),
    openAt: instant(row.openAt),
    openedAt: instant(row.openedAt),
    frozen: { by: { id: row.frozenById, name: row.frozenByName }, at: row.frozenAt.toISOString() },
    committedBy: named(row.committedById, row.committedByName),
    closingBy: named(row.closingById, row.closingByName),
    closingAt: instant(row.closingAt),
    closedBy: named(row.closedById, row.closedByName),
    closedAt: instant(row.closedAt),
    certifiedAt: instant(row.certifiedAt),
    endedAt: instant(row.endedAt),
    endReason: row.endReason,
  }
}

async function manifestsShown(reader: Reader, drawId: string): Promise<Draw['manifests']> {
  const manifests = await manifestsOf(reader, drawId)
  const ids = [...manifests.values()].flatMap(({ leafId }) => (leafId === null ? [] : [leafId]))
  const places = await witnessedOf(reader, ids)
  return [...manifests].map(([name, { hash, leafId }]) => {
    const place = places.get(leafId ?? '')
    return { name, hash, leafIndex: place?.index ?? null, witnesses: place?.witnesses ?? 0 }
  })
}

type Verb = keyof Draw['can']
const ACTS: Readonly<Record<Verb, readonly [action: string, command: Parameters<typeof whyNotStep>[1]]>> = {
  discard: ['draw.discard', 'discard'],
  commit: ['draw.commit', 'commit'],
  openRoom: ['draw.openRoom', 'openRoom'],
  closing: ['draw.beginClose', 'closing'],
  press: ['draw.press', 'press'],
  open: ['draw.open', 'open'],
  skip: ['drawRequest.propose', 'event'],
  void: ['drawRequest.propose', 'void'],
}

/** What each act is refused for before the act's own rules are asked: by place, by state, by who he is, by the hour. */
function canDo(
  row: DrawRow,
  { access, actor, now }: Viewing,
  { quorum, stale }: { readonly quorum: number; readonly stale: Refusal | undefined },
): Draw['can'] {
  const by = actor.kind === 'person' ? actor.personId : ''
  const why = (verb: Verb): Refusal | undefined => {
    const [action, command] = ACTS[verb]
    const places = verb === 'press' ? [{ authorityIds: row.partyIds }] : [leadOf(row)]
    if (verb === 'open') places.push(oversightOf(row))
    const refused = places.map((place) => access.whyNot(action, place))
    return (
      (refused.every((each) => each !== undefined) ? refused[0] : undefined) ??
      whyNotStep(row.state, command) ??
      whyNotByTime(row, verb, now) ??
      (verb === 'closing' ? whyTooLate(row, { quorum, now }) : undefined) ??
      (verb === 'press' ? stale : undefined) ??
      (verb === 'commit' && by === row.frozenById ? { code: 'draw.own_freeze' } : undefined)
    )
  }
  const verbs = Object.keys(ACTS) as Verb[]
  return Object.fromEntries(verbs.map((verb) => [verb, canOf(why(verb))])) as Draw['can']
}

function instant(at: Date | null): string | null {
  return at?.toISOString() ?? null
}
