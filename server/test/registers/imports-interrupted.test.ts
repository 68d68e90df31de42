import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { type GivenPerson, givePerson } from '../support/people.ts'
import { askFor, forgetRows, jobOf, runByHand, seeImport, workByHand } from './imports-by-hand.ts'
import { bring, creditCode as code, registerFile, rowsOf, seen, type SeenImport } from './imports-kit.ts'

const ROWS = 5
const LICENSED = '统一社会信用代码,企业名称,企业类型,许可证名称,许可证编号'

// Whatever happens between two steps of an import: another job, another person, a crash.
onEachEngine((kind) => {
  let app: TestApp
  let clerk: GivenPerson
  let head: GivenPerson

  beforeAll(async () => {
    app = await startApp(kind)
  })
  afterAll(() => app.close())

  const file = (first: number, name = '青石县店'): string => registerFile(ROWS, { first, name })
  const apply = (id: string, stop: { most?: number; until?: string } = {}): Promise<SeenImport> =>
    runByHand(app, clerk.client, { id, verb: 'application', ...stop })

  /** A file of an authority of its own, brought and checked. */
  async function checked(text: string, { mode = 'merge', mapping = {} } = {}): Promise<SeenImport> {
    const { id, guess } = seen((await bring(clerk.client, text, { mode })).body)
    const body = { mapping: { columns: guess, ...mapping } }
    return runByHand(app, clerk.client, { id, verb: 'check', body })
  }

  async function newOffice(): Promise<void> {
    clerk = await givePerson(app, { roles: ['clerk'] })
    head = await givePerson(app, { roles: ['unitHead', 'clerk'], authority: clerk.authorityId })
  }

  const subjectsOf = (first: number, rows = ROWS) =>
    app.database.read((reader) =>
      reader
        .selectFrom('registers.subject')
        .select(['id', 'code', 'name', 'version', 'authority_ids', 'legal_representative'])
        .where(
          'code',
          'in',
          Array.from({ length: rows }, (_, n) => code(first + n)),
        )
        .where('left_on', 'is', null)
        .orderBy('code')
        .execute(),
    )

  test('rows that were lost half-way, and whose reading was interrupted too, are all written in the end', async () => {
    await newOffice()
    const { id } = await checked(file(1000))
    await apply(id, { most: 1 })
    await forgetRows(app, id)
    for (const until of ['read', 'compare'])
      expect(await apply(id, { until })).toMatchObject({ state: 'halted' })
    expect(await apply(id)).toMatchObject({ state: 'applied', counts: { rows: ROWS, new: ROWS } })
    expect(await subjectsOf(1000)).toHaveLength(ROWS)
  })

  test('a job of an earlier attempt neither writes nor moves an import that another job has', async () => {
    await newOffice()
    const { id } = await checked(file(1100))
    const first = await askFor(clerk.client, { id, verb: 'application' })
    await workByHand(app, first, { most: 1 })
    const second = await askFor(clerk.client, { id, verb: 'application' })
    const before = await seeImport(clerk.client, id)
    await workByHand(app, first)
    const { kind: apply, ...job } = await jobOf(app, first)
    await apply.dropped?.(job)
    expect(await seeImport(clerk.client, id)).toEqual(before)
    await workByHand(app, second)
    await apply.dropped?.(await jobOf(app, second))
    expect(await seeImport(clerk.client, id)).toMatchObject({ state: 'applied', counts: { new: ROWS } })
  })

  test('cancelled before its job began, an import is as it was', async () => {
    await newOffice()
    const { id } = await checked(file(1200))
    const { kind: apply, ...job } = await jobOf(app, await askFor(clerk.client, { id, verb: 'application' }))
    await apply.dropped?.(job)
    expect(await seeImport(clerk.client, id)).toMatchObject({
      state: 'checked',
      failure: { code: 'import.cancelled' },
      can: { apply: null, discard: null },
    })
  })

  test('rows that a crash took before anything was written have to be compared again, and that is said', async () => {
    await newOffice()
    const { id } = await checked(file(1300))
    await forgetRows(app, id)
    expect(await apply(id)).toMatchObject({
      state: 'checked',
      failure: { code: 'import.rows_lost' },
      can: { check: null },
    })
  })

  test('read again, a full list takes out nobody of whom nothing was decided', async () => {
    await newOffice()
    await apply((await checked(file(1400))).id)
    app.clock.advance(1000)
    const { id, counts } = await checked(file(1400).split('\n').slice(0, 4).join('\n'), { mode: 'full' })
    const { gone } = counts
    expect((await head.client.post(`/register-imports/${id}/approval`)).status).toBe(200)
    await apply(id, { most: 1 })
    app.clock.advance(1000)
    await apply((await checked(file(1450))).id)
    await forgetRows(app, id)
    expect(await apply(id)).toMatchObject({ state: 'applied', counts: { rows: 3, gone, conflict: ROWS } })
    expect(await subjectsOf(1450)).toHaveLength(ROWS)
    expect(await subjectsOf(1400)).toHaveLength(3)
  })

  test('read again, whoever was changed by hand meanwhile stays as he was changed', async () => {
    await newOffice()
    await apply((await checked(file(1500))).id)
    app.clock.advance(1000)
    const { id } = await checked(file(1500, '青石县另名店'))
    await apply(id, { most: 1 })
    app.clock.advance(1000)
    const last = (await subjectsOf(1500))[ROWS - 1]
    const edited = await head.client.patch(`/subjects/${last?.id}`, last?.version ?? 0, {
      name: '青石县手改店',
    })
    expect(edited.status).toBe(200)
    await forgetRows(app, id)
    expect(await apply(id)).toMatchObject({ state: 'applied', counts: { renamed: ROWS - 1, conflict: 1 } })
    expect((await subjectsOf(1500))[ROWS - 1]).toMatchObject({ name: '青石县手改店' })
    const [left] = await rowsOf(clerk.client, id, 'conflict')
    expect(left).toMatchObject({ reasons: [{ code: 'changed_meanwhile' }] })
  })

  test('a further licence of a row that was left out stops nothing', async () => {
    await newOffice()
    const line = (n: number, licence: string): string =>
      `${code(1600 + n)},青石县店${n},有限责任公司,食品经营许可证,${licence}`
    const { id } = await checked(
      [LICENSED, line(0, 'A1'), line(1, 'B1'), line(2, 'C1'), line(2, 'C2'), ''].join('\n'),
    )
    await apply(id, { most: 1 })
    const other = clerk
    await newOffice()
    await apply((await checked([LICENSED, line(2, 'C9'), ''].join('\n'))).id)
    clerk = other
    expect(await apply(id)).toMatchObject({ state: 'applied', counts: { new: 2, conflict: 1, duplicate: 1 } })
  })

  test('two files of the same people without a code enter each of them once', async () => {
    await newOffice()
    const people = [
      '名称,类型,住所',
      '青石县赵记摊,个体工商户,城关镇1号',
      '青石县钱记摊,个体工商户,城关镇2号',
      '',
    ].join('\n')
    const mapping = { issueCodes: true }
    const first = await checked(people, { mapping })
    const second = await checked(people, { mapping })
    expect(second.counts['new']).toBe(2)
    await apply(first.id)
    expect(await apply(second.id)).toMatchObject({
      state: 'checked',
      failure: { code: 'import.register_moved' },
    })
  })
})
