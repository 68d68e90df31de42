// From the lists of a result to rows, a batch at a time: half a million drawn subjects are a common draw of a province.

import { createReadStream, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Writer } from '../../platform/database/database.ts'
import { insertPosts, insertSelected, type PostLine, type SelectedLine } from './rows.store.ts'

/** Runs work in a transaction of its own. */
type InTransaction = (work: (writer: Writer) => Promise<void>) => Promise<void>

// Batches that are written side by side; a pool of one connection writes them one after another.
const LANES = 2

/** Writes the rows of the result whose lists lie in `folder`. May be repeated after a crash. */
export async function writeRows(
  drawId: string,
  folder: string,
  { rowsAtOnce, inTransaction }: { readonly rowsAtOnce: number; readonly inTransaction: InTransaction },
): Promise<void> {
  await sideBySide(batched(selectedIn(folder), rowsAtOnce), (lines) =>
    inTransaction((writer) => insertSelected(writer, drawId, lines)),
  )
  await sideBySide(batched(postsIn(folder), rowsAtOnce), (lines) =>
    inTransaction((writer) => insertPosts(writer, drawId, lines)),
  )
}

/** Everyone who was drawn, in the order of the list. */
export async function* selectedIn(folder: string): AsyncGenerator<SelectedLine> {
  const selection = join(folder, 'selection.tsv')
  const isCoverage = !existsSync(selection)
  const columnOf = isCoverage ? alongside : held
  const teams = await columnOf(join(folder, 'assignment.tsv'))
  const unassigned = await columnOf(join(folder, 'unassigned.tsv'))
  const rest = async (code: string) => ({
    place: (await teams(code)) ?? null,
    lacking: (await unassigned(code))?.split(',') ?? [],
  })
  if (!isCoverage) {
    for await (const [code = '', stratum = '', ticket = ''] of linesOf(selection))
      yield { code, stratum, ticket, batch: null, ...(await rest(code)) }
    return
  }
  // Full coverage: batches.tsv is the population once more, line by line.
  const strata = linesOf(join(folder, 'population.tsv'))
  for await (const [code = '', batch = ''] of linesOf(join(folder, 'batches.tsv'))) {
    const { value } = (await strata.next()) as { value: readonly string[] | undefined }
    if (value?.[0] !== code) throw new Error('batches.tsv is not the population')
    yield { code, stratum: value[1] ?? '', ticket: null, batch: Number(batch), ...(await rest(code)) }
  }
}

/** Everyone's place: in a team, or at one subject. */
async function* postsIn(folder: string): AsyncGenerator<PostLine> {
  const names = readdirSync(folder).filter(
    (name) => name === 'teams.tsv' || /^assignment-d\d+\.tsv$/.test(name),
  )
  for (const name of names.toSorted())
    for await (const [place = '', aliases = ''] of linesOf(join(folder, name)))
      for (const alias of aliases.split(',')) yield { place, alias }
}

/** The cells of each line. */
export async function* linesOf(path: string): AsyncGenerator<readonly string[]> {
  const input = createReadStream(path, 'latin1')
  try {
    for await (const line of createInterface({ input, crlfDelay: Infinity })) yield line.split('\t')
  } finally {
    // Left in the middle, it would stay open.
    input.destroy()
  }
}

/** What stands beside an id in the second column of a list; nothing where the list has no such line. */
type ColumnOf = (id: string) => Promise<string | undefined>

/** In memory: a selection goes by tickets, the list by ids. No more than was drawn. */
async function held(path: string): Promise<ColumnOf> {
  const found = new Map<string, string>()
  if (existsSync(path)) for await (const [id = '', rest = ''] of linesOf(path)) found.set(id, rest)
  return (id) => Promise.resolve(found.get(id))
}

/** Read along, a line at a time: batches.tsv goes by ids as the list does, and has the whole register. Ids must ascend. */
function alongside(path: string): Promise<ColumnOf> {
  const lines = existsSync(path) ? linesOf(path) : undefined
  let line: readonly string[] | undefined
  let isOver = lines === undefined
  return Promise.resolve(async (id) => {
    while (!isOver && (line === undefined || line[0]! < id)) {
      const next = await lines!.next()
      isOver = next.done === true
      line = isOver ? undefined : (next.value as readonly string[])
    }
    return line?.[0] === id ? (line[1] ?? '') : undefined
  })
}

/** Works on every item, on some at a time. After an error no further one is begun; it is thrown when all have come to rest. */
async function sideBySide<T>(items: AsyncGenerator<T>, work: (item: T) => Promise<void>): Promise<void> {
  let isBroken = false
  const lane = async (): Promise<void> => {
    for (let next = await items.next(); !next.done && !isBroken; next = await items.next())
      try {
        await work(next.value)
      } catch (error) {
        isBroken = true
        await items.return(undefined)
        throw error
      }
  }
  const ends = await Promise.allSettled(Array.from({ length: LANES }, lane))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}

async function* batched<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<readonly T[], void> {
  let batch: T[] = []
  for await (const item of items) {
    batch.push(item)
    if (batch.length < size) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
