// A sealed list as it is read before it opens: from its files, for those who must send people, each reading written down.

import { join } from 'node:path'
import type { Certificate } from '@sunlot/draw'
import type { Reader } from '../../platform/database/database.ts'
import type { Refusal } from '../../platform/refusal.ts'
import { Refused } from '../../platform/refusal.ts'
import type { DrawRow } from '../draws/draws.store.ts'
import { secretsOf } from '../draws/keys.ts'
import { listsOfDraw } from '../draws/lists.store.ts'
import { manifestsOf } from '../draws/manifests.store.ts'
import { preparedOf } from '../draws/draws.store.ts'
import type { DrawTools } from '../parts.ts'
import type { DrawFacts } from '../shapes.ts'
import { runInWorker } from '../work/work.ts'
import { demandIntact, layOutList } from './laying-out.ts'
import { lineOf, linesFrom, type StoredList } from './lines.ts'
import { namesOfCodes, peopleBehind } from './sealed.store.ts'

type Tools = Pick<DrawTools, 'files' | 'secrets'>

/** Why there is no sealed list to be read: the draw has none, or it has opened and everybody reads it. */
export function whyNotSealed({
  state,
  isSealed,
  openedAt,
}: Pick<DrawFacts, 'state' | 'isSealed' | 'openedAt'>): Refusal | undefined {
  if (state !== 'certified') return { code: 'draw.not_drawn_yet', params: { state } }
  return isSealed && openedAt === null ? undefined : { code: 'sealedList.not_sealed' }
}

/** The lists of a result, by name. */
export interface ResultLists {
  readonly all: readonly (StoredList & { readonly name: string })[]
  readonly named: (name: string) => StoredList | undefined
}

export async function resultLists(reader: Reader, drawId: string): Promise<ResultLists> {
  const all = (await listsOfDraw(reader, drawId)).filter(({ isResult }) => isResult)
  return { all, named: (name) => all.find((list) => list.name === name) }
}

/** Lines as the files have them. */
type ReadLines = Awaited<ReturnType<typeof readLines>>

/**
 * Some lines of who was drawn, with who visits them. `from`: the byte at which they begin; `next`: where the following do. Outside
 * of any transaction. Throws Refused (draw.frozen_differs).
 */
export async function readLines(
  { recording, files }: Pick<DrawTools, 'recording' | 'files'>,
  draw: DrawRow,
  { from, limit }: { readonly from: number; readonly limit: number },
) {
  const lists = await recording.database.read((reader) => resultLists(reader, draw.id))
  await demandIntact({ files }, lists.all)
  const isCoverage = lists.named('batches.tsv') !== undefined
  const drawn = lists.named(isCoverage ? 'batches.tsv' : 'selection.tsv')
  const lines = drawn ? await linesFrom(files, drawn, { from, limit: limit + 1 }) : []
  const visits = await Promise.all(lines.map(({ cells }) => visitOf(files, lists, cells[0] ?? '')))
  return { isCoverage, lines, visits }
}

/** The same with the names that go with them. */
export async function sealedLines(reader: Reader, draw: DrawRow, { isCoverage, lines, visits }: ReadLines) {
  const names = await namesOfCodes(
    reader,
    lines.map(({ cells }) => cells[0] ?? ''),
  )
  const people = await behind(
    reader,
    draw.id,
    visits.flatMap(({ aliases }) => aliases),
  )
  return lines.map(({ cells, next }, at) => {
    const [code = '', second = ''] = cells
    const { place, aliases, lacking } = visits[at]!
    return {
      code,
      name: names.get(code) ?? null,
      stratum: isCoverage ? null : second,
      batch: isCoverage ? Number(second) : null,
      place,
      lacking,
      members: aliases.flatMap((alias) => people.get(alias) ?? []),
      next,
    }
  })
}

/** One who is behind an alias. */
export interface MemberShown {
  readonly alias: string
  readonly authority: { readonly id: string; readonly name: string }
  readonly person: string
}

/** The people behind aliases. */
export async function behind(
  reader: Reader,
  drawId: string,
  aliases: readonly string[],
): Promise<ReadonlyMap<string, MemberShown>> {
  const rows = await peopleBehind(reader, drawId, [...new Set(aliases)])
  return new Map(
    rows.map(({ alias, authorityId, authorityName, personName }) => [
      alias,
      { alias, authority: { id: authorityId, name: authorityName }, person: personName },
    ]),
  )
}

/** Who visits a subject, as the lists say. */
async function visitOf(files: Tools['files'], lists: ResultLists, code: string) {
  const find = async (list: StoredList | undefined, id: string) =>
    list ? (await lineOf(files, list, id))?.[1] : undefined
  const place = (await find(lists.named('assignment.tsv'), code)) ?? null
  const lacking = (await find(lists.named('unassigned.tsv'), code))?.split(',') ?? []
  if (place !== null)
    return { place, lacking, aliases: (await find(lists.named('teams.tsv'), place))?.split(',') ?? [] }
  const own = await Promise.all(
    lists.all
      .filter(({ name }) => name.startsWith('assignment-'))
      .map(async (list) => (await find(list, code))?.split(',') ?? []),
  )
  return { place, lacking, aliases: own.flat() }
}

/** The proof that one line stands in the sealed list, for the subject's own eyes. Reads a whole list, outside of any transaction. Throws Refused (draw.frozen_differs). */
export async function proofOfLine(tools: Tools & Pick<DrawTools, 'recording'>, draw: DrawRow, code: string) {
  const { lists, cipher, body } = await tools.recording.database.read(async (reader) => ({
    lists: await resultLists(reader, draw.id),
    cipher: (await preparedOf(reader, draw.id))?.secretsCipher,
    body: (await manifestsOf(reader, draw.id)).get('certificate.json')?.body,
  }))
  const name = lists.named('batches.tsv') ? 'batches.tsv' : 'selection.tsv'
  const list = lists.named(name)
  if (!list || !cipher || body === undefined) throw new Error('a certified draw without its lists')
  const certificate = JSON.parse(body) as Certificate
  const root = certificate.lists.find((each) => each.name === name)?.root ?? ''
  const secret = secretsOf(tools.secrets, cipher)
    .sealed.map(({ value }) => value)
    .join('')
  const proof = await tools.files.clearFolder(async (folder) => {
    await layOutList(tools, { ...list, name }, folder)
    const path = join(folder, name)
    return runInWorker('prove', { path, alg: certificate.alg, of: name, root, secret, id: code })
  })
  if (!proof) throw new Refused({ code: 'sealedList.not_drawn', params: { code } })
  const { of, line, salt = null, index, size, path } = proof
  return { list: of, line, salt, index, size, path, root }
}
