// What an inspector himself is to visit: his own lines, of open draws from the rows, of sealed ones from the files.

import type { Reader } from '../../platform/database/database.ts'
import { currentPostsOf, membersAt } from '../drawing/results.store.ts'
import type { DrawTools } from '../parts.ts'
import type { DrawFigures } from '../shapes.ts'
import { demandIntact } from './laying-out.ts'
import { linesFrom, type StoredList } from './lines.ts'
import { behind, type MemberShown, type ResultLists, resultLists } from './sealed.ts'
import { namesOfCodes, poolsOf, subjectsAt } from './sealed.store.ts'

type Tools = Pick<DrawTools, 'recording' | 'files'>
type Pool = Awaited<ReturnType<typeof poolsOf>>[number]

/** The most subjects that are listed of one draw. */
const MOST_SUBJECTS = 200

interface Standing {
  readonly place: string | null
  readonly with: readonly MemberShown[]
  readonly codes: readonly string[]
  readonly all: number
}

/** What the files of sealed draws say of a person, by the draw. */
type OwnParts = ReadonlyMap<string, readonly OwnLines[]>

/** Reads it, outside of any transaction: whole lists are searched. Throws Refused (draw.frozen_differs). */
export async function ownParts({ recording, files }: Tools, personId: string): Promise<OwnParts> {
  const sealed = await recording.database.read(async (reader) => {
    const found: { id: string; alias: string; lists: ResultLists }[] = []
    for (const { id, alias } of (await poolsOf(reader, personId)).filter(isStillSealed))
      found.push({ id, alias, lists: await resultLists(reader, id) })
    return found
  })
  const own = new Map<string, readonly OwnLines[]>()
  for (const { id, alias, lists } of sealed) {
    await demandIntact({ files }, lists.all)
    own.set(id, await ownLines(files, lists, alias))
  }
  return own
}

function isStillSealed({ isSealed, openedAt }: Pool): boolean {
  return isSealed && openedAt === null
}

/** Everything that a person is to visit now. `own`: of what is sealed still. */
export async function assignmentsOf(reader: Reader, own: OwnParts, personId: string) {
  const items = []
  for (const pool of await poolsOf(reader, personId)) {
    const isSealed = isStillSealed(pool)
    const standings = isSealed
      ? await fromFiles(reader, own.get(pool.id) ?? [], pool)
      : await fromRows(reader, pool)
    for (const { place, codes, all, with: others } of standings) {
      const names = await namesOfCodes(reader, codes)
      items.push({
        draw: { id: pool.id, name: pool.name },
        task: pool.taskName,
        startsOn: pool.startsOn,
        endsOn: pool.endsOn,
        authority: { id: pool.authorityId, name: pool.authorityName },
        items: itemsOf(pool),
        isSealed,
        openAt: pool.openAt?.toISOString() ?? null,
        alias: pool.alias,
        place,
        with: others,
        subjects: codes.map((code) => ({ code, name: names.get(code) ?? null })),
        more: all - codes.length,
      })
    }
  }
  return items
}

/** What his authority checks in this draw, at whatever subject. */
function itemsOf({ figures, authorityId }: Pool): string[] {
  const demands = (figures as DrawFigures | null)?.demands ?? []
  const own = demands.flatMap(({ authorities }) => authorities.filter(({ id }) => id === authorityId))
  return [...new Set(own.flatMap(({ items }) => items))]
}

async function fromRows(reader: Reader, pool: Pool): Promise<readonly Standing[]> {
  const posts = (await currentPostsOf(reader, pool.inspectorId)).filter(({ drawId }) => drawId === pool.id)
  const standings: Standing[] = []
  for (const { place } of posts.slice(0, MOST_SUBJECTS)) {
    const subjects = await subjectsAt(reader, pool.id, place, MOST_SUBJECTS)
    const members = await membersAt(reader, pool.id, [place])
    standings.push({
      place: pool.mode === 'teams' ? place : null,
      with: members
        .filter(({ alias, left }) => alias !== pool.alias && left === null)
        .map(({ alias, authorityId, authorityName, personName }) => ({
          alias,
          authority: { id: authorityId, name: authorityName },
          person: personName,
        })),
      codes: subjects.map(({ code }) => code),
      all: subjects[0]?.all ?? 0,
    })
  }
  return standings
}

async function fromFiles(reader: Reader, own: readonly OwnLines[], pool: Pool): Promise<readonly Standing[]> {
  const people = await behind(reader, pool.id, [...new Set(own.flatMap(({ with: all }) => all))])
  return own.slice(0, MOST_SUBJECTS).map(({ place, with: all, codes }) => ({
    place,
    with: all.filter((alias) => alias !== pool.alias).flatMap((alias) => people.get(alias) ?? []),
    codes: codes.slice(0, MOST_SUBJECTS),
    all: codes.length,
  }))
}

interface OwnLines {
  readonly place: string | null
  readonly with: readonly string[]
  readonly codes: readonly string[]
}

async function ownLines(
  files: Tools['files'],
  lists: ResultLists,
  alias: string,
): Promise<readonly OwnLines[]> {
  const teams = lists.named('teams.tsv')
  const team = teams && (await linesWhere(files, teams, (cells) => holds(cells, alias)))[0]
  const assignment = lists.named('assignment.tsv')
  if (teams && assignment) {
    if (!team) return []
    const lines = await linesWhere(files, assignment, ([, place]) => place === team[0])
    return [
      {
        place: team[0] ?? null,
        with: team[1]?.split(',') ?? [],
        codes: lines.map(([code = '']) => code),
      },
    ]
  }
  // One list for each authority: whoever else comes to his subjects stands in any of them.
  const assigned = lists.all.filter(({ name }) => name.startsWith('assignment-'))
  const people = new Map<string, string[]>()
  for (const list of assigned)
    for (const [code = ''] of await linesWhere(files, list, (cells) => holds(cells, alias)))
      people.set(code, [])
  for (const list of assigned)
    for (const [code = '', all = ''] of await linesWhere(files, list, ([code = '']) => people.has(code)))
      people.get(code)?.push(...all.split(','))
  return [...people].map(([code, all]) => ({ place: null, with: all, codes: [code] }))
}

function holds([, aliases = '']: readonly string[], alias: string): boolean {
  return aliases.split(',').includes(alias)
}

const LINES_AT_ONCE = 5_000

async function linesWhere(
  files: Tools['files'],
  list: StoredList,
  is: (cells: readonly string[]) => boolean,
): Promise<readonly (readonly string[])[]> {
  const found: (readonly string[])[] = []
  for (let from = 0; from < list.bytes;) {
    const lines = await linesFrom(files, list, { from, limit: LINES_AT_ONCE })
    found.push(...lines.filter(({ cells }) => is(cells)).map(({ cells }) => cells))
    from = lines.at(-1)?.next ?? list.bytes
  }
  return found
}
