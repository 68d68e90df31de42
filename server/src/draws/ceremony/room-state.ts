// What every screen of a room shows: phone, stage and console are given the same.

import type { Certificate } from '@sunlot/draw'
import type { Reader } from '../../platform/database/database.ts'
import type { PublishedLog } from '../../platform/log/index.ts'
import { canOf, found } from '../../platform/refusal.ts'
import { whyNotFreshNow } from '../draws/places.ts'
import { missingPresses } from '../drawing/press.rules.ts'
import { namesOfAuthorities, pressesMade } from '../drawing/presses.store.ts'
import { drawnOfOpen, membersAt } from '../drawing/results.store.ts'
import { contributionId, stepOf } from './room.rules.ts'
import { observersOf, thosePutOut } from './observers.store.ts'
import { contributionsOf, type Room } from './rooms.store.ts'
import {
  certificateOf,
  countWitnesses,
  findShownDraw,
  firstDrawn,
  loadsOf,
  type ShownDraw,
  strataOf,
  teamsOf,
} from './state.store.ts'
import { type SourceState, sourceStates, valuesOf } from './values.ts'
import { openEvents } from './values.store.ts'
import type { Static } from 'typebox'
import type { RoomState as RoomStateSchema } from './room.schema.ts'

/** See the schema: what it names, and no more. */
export type RoomState = Static<typeof RoomStateSchema>

// Of all strata together, so that one screen stays a small answer.
const MOST_SHOWN = 300
const MOST_OF_A_STRATUM = 60
const MOST_TEAMS = 200
const MOST_VISITS = 60

/** The state of a room. */
export async function roomState(
  reader: Reader,
  room: Room,
  { log, now }: { readonly log: PublishedLog; readonly now: Date },
): Promise<RoomState> {
  const draw = found(await findShownDraw(reader, room.drawId), 'draw')
  const { policy } = log
  const names = policy.witnesses.map(({ name }) => name)
  const witnesses = {
    commit: await countWitnesses(reader, draw.commitLeaf, names),
    close: await countWitnesses(reader, draw.closeLeaf, names),
  }
  const observers = await observersOf(reader, draw.id)
  const sources = await sourcesOf(reader, draw, now)
  const facts = {
    ...draw,
    isWitnessed: witnesses.commit >= policy.quorum,
    observers: observers.length,
    isSettled: sources.every(({ state }) => state === 'settled'),
    hasInspectors: draw.mode !== 'none' && !isHidden(draw),
  }
  return {
    revision: room.revision,
    renewed: false,
    now: now.toISOString(),
    name: draw.name,
    title: draw.title,
    authority: draw.authority,
    oversight: draw.oversight,
    state: draw.state,
    step: stepOf(facts, now),
    isSealed: draw.isSealed,
    openAt: draw.openAt?.toISOString() ?? null,
    frozen: frozenOf(draw),
    commit: commitOf(draw, witnesses.commit, policy.quorum),
    observers: observers.map(({ number, role, name, contributed }) => ({
      number,
      role,
      name,
      contributed: contributed === null ? null : contributionId(contributed),
    })),
    putOut: await thosePutOut(reader, draw.id),
    contributions: (await contributionsOf(reader, draw.id)).map(({ number, value, note }) => ({
      id: contributionId(number),
      value,
      note,
    })),
    close: closeOf(draw, witnesses.close),
    stale: draw.state === 'closed' ? canOf(await whyNotFreshNow(reader, log, draw.id, now)) : null,
    sources,
    presses: await pressesShown(reader, draw),
    progress: progressOf(draw),
    ...(await resultOf(reader, draw)),
    ended:
      draw.state === 'void' && draw.endReason !== null && draw.endedAt !== null
        ? { reason: draw.endReason, at: draw.endedAt.toISOString() }
        : null,
    retryAfter: 0,
  }
}

/** Sealed and not yet open: nothing of the result is told, not even which seed it came from. */
function isHidden({ isSealed, openedAt }: ShownDraw): boolean {
  return isSealed && openedAt === null
}

/** Those of the draw, then those of substitutes that wait for their number. */
async function sourcesOf(reader: Reader, draw: ShownDraw, now: Date): Promise<RoomState['sources']> {
  const events = draw.state === 'certified' ? await openEvents(reader, draw.id) : []
  const states: SourceState[] = []
  for (const eventN of [0, ...events]) {
    const values = await valuesOf(reader, draw.id, eventN)
    if (values) states.push(...(await sourceStates(reader, { drawId: draw.id, eventN }, values.sources, now)))
  }
  return states.map(({ by, signed, ...state }) => ({ ...state, by: [...by], signed: [...signed] }))
}

/** Who has pressed, then who is still waited for. Before the close nobody is. */
async function pressesShown(reader: Reader, draw: ShownDraw): Promise<RoomState['presses']> {
  const made = await pressesMade(reader, draw.id)
  const missing = draw.state === 'closed' ? missingPresses(draw, made) : []
  const names = await namesOfAuthorities(
    reader,
    missing.map(({ authorityId }) => authorityId),
  )
  return [
    ...made.map(({ authorityName, stage, instead }) => ({
      authority: authorityName,
      stage,
      done: true,
      instead,
    })),
    ...missing.map(({ authorityId, stage }) => ({
      authority: names.get(authorityId) ?? '',
      stage,
      done: false,
      instead: false,
    })),
  ]
}

function frozenOf({ figures, snapshotAt }: ShownDraw): RoomState['frozen'] {
  if (!figures || !snapshotAt) return null
  const excluded = figures.exclusions.reduce((sum, { subjects }) => sum + subjects, 0)
  const strata = figures.strata.map(({ code, rows, n }) => ({ code, rows, n }))
  return { population: figures.population, excluded, strata, at: snapshotAt.toISOString() }
}

function commitOf(
  { name, commitHash, committedAt, closeBy }: ShownDraw,
  witnesses: number,
  quorum: number,
): RoomState['commit'] {
  if (!commitHash || !committedAt || !closeBy) return null
  const at = committedAt.toISOString()
  const file = `/api/v1/public/draws/${name}/files/commit.json`
  return { hash: commitHash, at, closeBy: closeBy.toISOString(), witnesses, quorum, file }
}

function closeOf({ closeHash, closedAt, closingAt }: ShownDraw, witnesses: number): RoomState['close'] {
  const at = closedAt ?? closingAt
  if (!at) return null
  return { hash: closeHash, at: at.toISOString(), signed: closeHash !== null, witnesses }
}

function progressOf({ state, jobState, jobDone, jobTotal, jobStep }: ShownDraw): RoomState['progress'] {
  if (state !== 'closing' && state !== 'drawing') return null
  if (jobState !== 'waiting' && jobState !== 'running') return null
  return { done: jobDone ?? 0, total: jobTotal ?? 0, step: jobStep ?? '' }
}

type Result = Pick<RoomState, 'seed' | 'drawn' | keyof Inspecting | 'certificate'>

/** Nothing that follows from the seed before the certificate is there. */
async function resultOf(reader: Reader, draw: ShownDraw): Promise<Result> {
  const { certificateHash: hash, certifiedAt } = draw
  if (!hash || !certifiedAt) return { seed: null, drawn: [], ...NOBODY, certificate: null }
  const { body, signedBy } = await certificateOf(reader, draw.id, hash)
  const certificate = JSON.parse(found(body, 'certificate')) as Certificate
  const page = `/api/v1/public/draws/${draw.name}.html`
  const at = certifiedAt.toISOString()
  const strata = await strataOf(reader, draw.id)
  const most = Math.min(MOST_OF_A_STRATUM, Math.max(5, Math.floor(MOST_SHOWN / Math.max(1, strata.length))))
  const first = isHidden(draw) ? [] : await firstDrawn(reader, draw.id, most)
  return {
    seed: isHidden(draw) ? null : (certificate.seed ?? null),
    drawn: strata.map(({ stratum, rows, n }) => ({
      stratum,
      rows,
      n,
      first: first.filter((each) => each.stratum === stratum).map(({ code, name }) => ({ code, name })),
    })),
    ...(await inspectingOf(reader, draw, certificate)),
    certificate: { hash, at, page, signedBy, weak: certificate.weak },
  }
}

type Inspecting = Pick<RoomState, 'inspectors' | 'teams' | 'visits'>

const NOBODY: Inspecting = { inspectors: [], teams: [], visits: [] }

/** Who inspects: how many of whom, and either teams or the first subjects with their people, by alias. */
async function inspectingOf(
  reader: Reader,
  draw: ShownDraw,
  { inspectors }: Certificate,
): Promise<Inspecting> {
  if (isHidden(draw)) return NOBODY
  const { id, mode } = draw
  const loads = await loadsOf(reader, id, mode)
  const hasTeams = mode === 'teams'
  return {
    inspectors: inspectors.flatMap(({ authority, rows, n }) => {
      const found = loads.find(({ code }) => code === authority)
      return found
        ? [{ authority: found.name, pool: rows, drawn: n, least: found.least, most: found.most }]
        : []
    }),
    teams: hasTeams ? await teamsOf(reader, id, MOST_TEAMS) : [],
    visits: hasTeams ? [] : await visitsOf(reader, id),
  }
}

/** The first who were drawn and are still to be visited, with the people of each. */
async function visitsOf(reader: Reader, drawId: string): Promise<Inspecting['visits']> {
  const drawn = (await drawnOfOpen(reader, drawId, MOST_VISITS)).filter(({ left }) => left === null)
  const codes = drawn.map(({ code }) => code)
  const members = (await membersAt(reader, drawId, codes)).filter(({ left }) => left === null)
  return drawn.map(({ code, name }) => ({
    code,
    name: name ?? '',
    aliases: members
      .filter(({ place }) => place === code)
      .map(({ alias }) => alias)
      .toSorted(),
  }))
}

/** How long a screen may wait for news of this state: shorter where something comes that writes nothing about the draw. */
export function patienceMs(state: RoomState, now: Date): number {
  const { commit, close, progress, sources } = state
  const isUnseen =
    commit !== null &&
    (commit.witnesses < commit.quorum || (close?.signed && close.witnesses < commit.quorum))
  if (isUnseen || progress) return 2_000
  const next = sources
    .filter((source) => source.state === 'waiting')
    .map(({ notBefore }) => Date.parse(notBefore) - now.getTime())
  return Math.min(20_000, ...next.map((ms) => Math.max(1_000, ms + 100)))
}
