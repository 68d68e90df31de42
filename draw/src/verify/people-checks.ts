// Who inspects (checks 28–31): the draw of inspectors for everybody, the match re-run for the oversight authority.

import { compareBytes } from '../bytes.ts'
import { canonical, type Json } from '../jcs.ts'
import { readCells } from '../lists/form.ts'
import type { Commitment } from '../manifest/commitment.ts'
import { drawInspectors, type InspectorDraw } from '../people/inspectors.ts'
import { matchPeople, type PeopleMatch, TeamsInfeasible } from '../people/match-people.ts'
import { answer, because, type CheckFunction, type Context, listOf } from './context.ts'
import type { CheckId } from './checks.ts'
import { demandsOf, peopleOf } from './people.ts'
import { withCertificate } from './randomness-checks.ts'
import { check, type Check, type Detail } from './report.ts'
import { seedOfBundle } from './seed.ts'
import { subjectDraw } from './subject-checks.ts'

/** 28: who was drawn of each pool. */
export const inspectors = withCertificate('inspectors', (c, cert, context) => {
  if (c.value.matching.mode === 'none') return undefined
  if (c.value.sealed && cert.value.inspectors.some((line) => line.cut ?? line.next))
    return check('inspectors', 'no', 'sealed_cut')
  const found = inspectorDraw(context, c.value)
  if (!found) return check('inspectors', 'unknown', context.listsOpen ? 'not_recomputed' : 'sealed')
  const lines = c.value.sealed
    ? found.lines.map(({ authority, rows, n }) => ({ authority, rows, n }))
    : found.lines
  const same = canonical(lines as unknown as Json) === canonical(cert.value.inspectors as unknown as Json)
  const drawn = found.lines.reduce((sum, l) => sum + l.n, 0)
  return answer('inspectors', same ? undefined : because('inspectors'), { drawn })
})

/** 29: the assignment in itself. */
export const assignment = withCertificate('assignment', (c, _cert, context) => {
  if (c.value.matching.mode === 'none') return undefined
  const subjects = subjectDraw(context, c.value)
  const people = inspectorDraw(context, c.value)
  const demandOf = demandsOf(context, c.value)
  if (!subjects || !people || !demandOf)
    return check('assignment', 'unknown', context.listsOpen ? 'not_recomputed' : 'sealed')
  const missing = ['unassigned.tsv', ...assignmentNames(c.value)].find(
    (n) => !context.files.names.includes(n),
  )
  if (missing) return check('assignment', 'unknown', 'missing', { file: missing })
  const fault =
    c.value.matching.mode === 'teams'
      ? (teamsFault(context, c.value, people) ??
        servedFault(
          context,
          subjects.drawn.map((s) => s.id),
        ))
      : subjectsFault(
          context,
          c.value,
          people,
          subjects.drawn.map((s) => [s.id, demandOf(s.id, s.stratum)] as const),
        )
  return answer('assignment', fault, { subjects: subjects.drawn.length })
})

/** 30: the match, re-run. */
export const match = matchCheck('match', (found, _cert, context) => {
  for (const [name, bytes] of found.lists) {
    const given = listOf(context, name)
    if (!given) return because('missing', { file: name })
    if (compareBytes(given, bytes) !== 0) return because('list_differs', { file: name })
  }
  const { certificate } = context.manifests
  if (context.sealed) return undefined
  const same =
    canonical(found.match as unknown as Json) ===
    canonical((certificate?.value.match ?? []) as unknown as Json)
  return same ? undefined : because('match_report')
})

/** 31: the highest pair probability. */
export const pair = matchCheck('pair', (found, stated) => {
  if (!stated) return undefined
  const same = BigInt(found.pair.num) * BigInt(stated.den) === BigInt(stated.num) * BigInt(found.pair.den)
  return same && stated.den !== '0'
    ? undefined
    : because('pair', { num: found.pair.num, den: found.pair.den })
})

/** The draw of inspectors recomputed, or nothing where a list or a value is lacking. */
export function inspectorDraw(context: Context, c: Commitment): InspectorDraw | undefined {
  return context.once('inspector draw', () => {
    const seed = seedOfBundle(context)
    const people = peopleOf(context)
    if (!seed || !people) return undefined
    const counts = c.pools.every((p) => people.filter((x) => x.authority === p.authority).length === p.rows)
    return counts && c.pools.every((p) => p.draw <= p.rows) ? drawInspectors(c, seed, people) : undefined
  })
}

/** The match recomputed from an L2 bundle, or nothing where something is lacking. */
export function peopleMatch(context: Context, c: Commitment): PeopleMatch | undefined {
  return context.once('people match', () => {
    const seed = seedOfBundle(context)
    const subjects = subjectDraw(context, c)
    const drawn = inspectorDraw(context, c)
    const people = peopleOf(context)
    const demandOf = demandsOf(context, c)
    if (context.level !== 'L2' || !seed || !subjects || !drawn || !people || !demandOf) return undefined
    try {
      return matchPeople(c, { seed, drawn: subjects.drawn, people, inspectors: drawn, demandOf })
    } catch (error) {
      if (error instanceof TeamsInfeasible) return undefined
      throw error
    }
  })
}

function matchCheck(
  id: CheckId & ('match' | 'pair'),
  work: (
    found: PeopleMatch,
    stated: { num: string; den: string } | undefined,
    context: Context,
  ) => Detail | undefined,
): CheckFunction {
  return withCertificate(id, (c, cert, context): Check | undefined => {
    if (c.value.matching.mode === 'none' || (id === 'pair' && c.value.sealed)) return undefined
    if (!context.listsOpen) return check(id, 'unknown', 'sealed')
    if (context.level === 'L1') return check(id, 'unknown', 'needs_l2')
    const found = peopleMatch(context, c.value)
    if (!found) return check(id, 'unknown', 'not_recomputed')
    return answer(id, work(found, cert.value.pair, context), { ...found.pair })
  })
}

function assignmentNames(c: Commitment): string[] {
  if (c.matching.mode === 'teams') return ['teams.tsv', 'assignment.tsv']
  return c.pools.map((p) => `assignment-${p.authority}.tsv`)
}

/** Teams t0001…, each with the committed number of drawn people of each authority, nobody in two. */
function teamsFault(context: Context, c: Commitment, people: InspectorDraw): Detail | undefined {
  if (c.matching.mode !== 'teams') return undefined
  const teams = readCells(context.files.read('teams.tsv'))
  if (teams.length !== c.matching.teams.count) return because('team_count', { found: teams.length })
  const authorityOf = new Map(
    [...people.drawn].flatMap(([d, aliases]) => aliases.map((a) => [a, d] as const)),
  )
  const seen = new Set<string>()
  for (const [i, [team = '', joined = '']] of teams.entries()) {
    if (team !== `t${String(i + 1).padStart(4, '0')}`) return because('team_count', { found: teams.length })
    const aliases = joined.split(',')
    const sizes = new Map<string, number>()
    for (const alias of aliases) {
      const authority = authorityOf.get(alias)
      if (authority === undefined || seen.has(alias)) return because('team_member', { team, alias })
      seen.add(alias)
      sizes.set(authority, (sizes.get(authority) ?? 0) + 1)
    }
    const wrong = c.matching.teams.members.some((m) => sizes.get(m.authority) !== m.members)
    if (wrong || sizes.size !== c.matching.teams.members.length) return because('team_size', { team })
  }
  return undefined
}

/** Every drawn subject has one team or stands in unassigned.tsv. */
function servedFault(context: Context, drawn: readonly string[]): Detail | undefined {
  const teams = new Set(readCells(context.files.read('teams.tsv')).map(([team]) => team))
  const assigned = readCells(context.files.read('assignment.tsv'))
  const odd = assigned.find(([, team]) => !teams.has(team))
  if (odd) return because('assigned_team', { id: odd[0] ?? '' })
  const left = readCells(context.files.read('unassigned.tsv'))
  const wrong = left.find(([, d]) => d !== 'd00')
  if (wrong) return because('unassigned', { id: wrong[0] ?? '' })
  return onceEach(
    drawn,
    [...assigned, ...left].map(([id = '']) => id),
  )
}

/** Every authority's part of every drawn subject has its number of drawn people, or stands in unassigned.tsv. */
function subjectsFault(
  context: Context,
  c: Commitment,
  people: InspectorDraw,
  drawn: readonly (readonly [string, Commitment['demands'][number]])[],
): Detail | undefined {
  const left = new Map(
    readCells(context.files.read('unassigned.tsv')).map(([id = '', d = '']) => [id, d.split(',')]),
  )
  const ids = new Set(drawn.map(([id]) => id))
  for (const [id, authorities] of left) {
    const known = authorities.every((d) => c.pools.some((p) => p.authority === d))
    if (!ids.has(id) || !known) return because('unassigned', { id })
  }
  for (const { authority } of c.pools) {
    const own = new Set(people.drawn.get(authority))
    const parts = new Map(
      drawn.flatMap(([id, d]) => {
        const part = d.authorities.find((a) => a.authority === authority)
        return part ? [[id, part.members] as const] : []
      }),
    )
    const lines = readCells(context.files.read(`assignment-${authority}.tsv`))
    for (const [id = '', joined = ''] of lines) {
      const aliases = joined.split(',')
      if (parts.get(id) !== aliases.length || !aliases.every((a) => own.has(a)))
        return because('assigned_people', { id })
    }
    const leftHere = [...left].filter(([, authorities]) => authorities.includes(authority)).map(([id]) => id)
    const fault = onceEach([...parts.keys()], [...lines.map(([id = '']) => id), ...leftHere])
    if (fault) return fault
  }
  return undefined
}

function onceEach(expected: readonly string[], found: readonly string[]): Detail | undefined {
  const wanted = new Set(expected)
  const seen = new Set<string>()
  for (const id of found) {
    if (!wanted.has(id) || seen.has(id)) return because('assigned_once', { id })
    seen.add(id)
  }
  const lacking = expected.find((id) => !seen.has(id))
  return lacking === undefined ? undefined : because('assigned_once', { id: lacking })
}
