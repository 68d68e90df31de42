// What a draw keeps of the void one that it supersedes: its lists of subjects, byte by byte. Whoever lets a draw die and then
// mends the register does not choose who can be drawn (draw protocol, section 9).

import { join } from 'node:path'
import { linesOf } from '../drawing/rows.ts'
import { type DrawRow, drawItself } from '../draws/draws.store.ts'
import { listsOfDraw } from '../draws/lists.store.ts'
import { layOutList } from '../lists/laying-out.ts'
import { lineOf, type StoredList } from '../lists/lines.ts'
import type { DrawTools } from '../parts.ts'
import type { DrawFigures } from '../shapes.ts'
import { CARRIED, type FrozenDemand } from './frame.rules.ts'
import { groupsOf } from './freeze.store.ts'
import type { Passed } from './subjects.ts'

/** The subjects of a superseded draw, as they passed when it was frozen, and who visits them. */
export interface Kept {
  readonly passed: Passed
  readonly demands: readonly FrozenDemand[]
  /** population.tsv among the files. */
  readonly population: StoredList
}

type Tools = Pick<DrawTools, 'recording' | 'files'>
const LISTS: readonly string[] = ['population.tsv', 'exclusions.tsv', 'demands.tsv']

/** Lays the lists of the superseded draw into a folder; nothing where a draw supersedes none. Throws Refused (draw.frozen_differs). */
export async function keptFrom(
  { recording, files }: Tools,
  { supersedesId }: Pick<DrawRow, 'supersedesId'>,
  folder: string,
): Promise<Kept | undefined> {
  if (supersedesId === null) return undefined
  const given = await recording.database.read(async (reader) => ({
    figures: (await drawItself(reader, supersedesId))?.figures,
    lists: await listsOfDraw(reader, supersedesId),
    groups: await groupsOf(reader, supersedesId),
  }))
  const population = given.lists.find(({ name }) => name === 'population.tsv')
  if (!given.figures || !population) throw new Error('a draw was void before it was frozen')
  for (const list of given.lists) if (LISTS.includes(list.name)) await layOutList({ files }, list, folder)
  const { demands, strata } = given.figures
  return {
    passed: {
      ...countsIn(given.figures),
      groups: given.groups,
      declared: new Set(),
      carried: strata.some(({ code }) => code === CARRIED) ? await carriedIn(folder) : [],
    },
    demands: demands.map(({ code, authorities }, place) => ({ place, code, authorities })),
    population,
  }
}

function countsIn({
  population,
  exclusions,
  strata,
  demands,
}: DrawFigures): Pick<Passed, 'population' | 'excluded' | 'strata' | 'demands' | 'idCards'> {
  return {
    population,
    excluded: new Map(exclusions.map(({ code, subjects }) => [code, subjects])),
    strata: new Map(strata.map(({ code, rows }) => [code, rows])),
    demands: new Map(demands.map(({ subjects }, place) => [place, subjects])),
    idCards: 0,
  }
}

async function carriedIn(folder: string): Promise<readonly string[]> {
  const codes: string[] = []
  for await (const [code = '', stratum] of linesOf(join(folder, 'population.tsv')))
    if (stratum === CARRIED) codes.push(code)
  return codes
}

/** Which of some codes stand in the kept population. */
export async function inKept(
  { files }: Tools,
  { population }: Kept,
  codes: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  for (const code of codes) if (await lineOf(files, population, code)) found.add(code)
  return found
}
