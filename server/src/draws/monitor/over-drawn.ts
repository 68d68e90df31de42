// Who was drawn often, against the chances that were stated of him: rows first, then the frozen lists.

import type { Reader } from '../../platform/database/database.ts'
import type { Files } from '../../platform/files/files.ts'
import { type KeptList, ListReader } from '../certificate/list-reader.ts'
import { listsOfDraw } from '../draws/lists.store.ts'
import type { DrawFigures } from '../shapes.ts'
import { repeatedOf } from './chance.rules.ts'
import { type DrawnDraw, drawsWithDivision, oftenDrawn, strataOf } from './monitor.store.ts'
import type { RepeatedLine } from './report.ts'

/** Drawn so often that one looks at the chance of it. */
const OFTEN = 3
/** As many are looked at one by one: the most often drawn come first. */
const MOST_SUBJECTS = 50

/** Who was drawn often, and where his chances stand. */
export interface Often {
  readonly subjects: Awaited<ReturnType<typeof oftenDrawn>>
  /** How many stood in all populations together. */
  readonly among: number
  readonly strata: ReadonlyMap<string, { readonly n: number; readonly rows: number }>
  /** Of each draw in which some of them may have been: its population, and the codes to look for. */
  readonly lists: readonly {
    readonly drawId: string
    readonly population: KeptList
    readonly codes: readonly string[]
  }[]
}

export async function oftenIn(reader: Reader, draws: readonly DrawnDraw[]): Promise<Often> {
  const ids = draws.map(({ id }) => id)
  const subjects = await oftenDrawn(reader, ids, { times: OFTEN, limit: MOST_SUBJECTS })
  const among = draws.reduce(
    (all, { figures }) => all + ((figures as DrawFigures | null)?.population ?? 0),
    0,
  )
  if (subjects.length === 0) return { subjects, among, strata: new Map(), lists: [] }
  const strata = new Map((await strataOf(reader, ids)).map((row) => [`${row.drawId} ${row.stratum}`, row]))
  const divisions = new Map<string, Set<string>>()
  for (const { drawId, division } of await drawsWithDivision(reader, ids))
    divisions.set(drawId, (divisions.get(drawId) ?? new Set()).add(division))
  const lists: Often['lists'][number][] = []
  for (const drawId of ids) {
    const codes = subjects.flatMap(({ code, division }) =>
      divisions.get(drawId)?.has(division) ? [code] : [],
    )
    if (codes.length === 0) continue
    const population = (await listsOfDraw(reader, drawId)).find(({ name }) => name === 'population.tsv')
    if (population) lists.push({ drawId, population, codes })
  }
  return { subjects, among, strata, lists }
}

/** Reads files, and so no transaction is about it. */
export async function overDrawnOf(
  files: Pick<Files, 'read' | 'readRange' | 'isIntact'>,
  often: Often,
): Promise<{ readonly subjects: number; readonly items: readonly RepeatedLine[] }> {
  const chances = await chancesOf(new ListReader(files), often)
  const items = often.subjects.map(({ code, times }) => {
    const own = chances.get(code) ?? []
    return { names: [code], of: own.length, ...repeatedOf(times, own, often.among) }
  })
  return { subjects: often.subjects.length, items }
}

/** Of each code: its stated chance in every draw in whose population it was. */
async function chancesOf(
  reader: ListReader,
  { lists, strata }: Often,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const chances = new Map<string, number[]>()
  // A draw at a time, so that its index is read once.
  for (const { drawId, population, codes } of lists)
    for (const code of codes) {
      const [, stratum = ''] = (await reader.lineOf('sha256', population, code))?.line.split('\t') ?? []
      const at = strata.get(`${drawId} ${stratum}`)
      if (at) chances.set(code, [...(chances.get(code) ?? []), at.n / at.rows])
    }
  return chances
}
