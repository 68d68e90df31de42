// What somebody would try who wants a friend never drawn, a rival drawn twice, or other people's numbers.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { SYSTEM } from '../../src/platform/actor.ts'
import { record } from '../../src/platform/record.ts'
import { openLog } from '../../src/operations/log.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { COUNTY, type GivenPerson, giveRole } from '../support/people.ts'
import { bring, bringAndCheck, rowsOf, settled, step, withJobs } from './imports-kit.ts'
import {
  creditCode,
  enterSubject,
  giveSubject,
  moved,
  type SubjectCast,
  subjectCastOf,
} from './subjects-kit.ts'

const HEADER = '统一社会信用代码,企业名称,企业类型,住所,信用风险分类,联系电话'
const ID_CARD = '110101199003078515'
const TELEPHONES = ['13900990017', '139-0099-0018', '+8613900990019', '13900990020/13900990021']
const DAY_MS = 86_400_000
let made = 5_000

onEachEngine((kind) => {
  let app: TestApp
  let cast: SubjectCast
  const logged: string[] = []

  beforeAll(async () => {
    app = await withJobs(
      await startApp(kind, {
        logger: openLog('trace', { write: (line) => void logged.push(line) }),
      }),
    )
    cast = await subjectCastOf(app)
  })
  afterAll(() => app.close())

  const fresh = (): string => creditCode(++made)
  const line = (code: string, name: string, rest = '有限责任公司,青石县城关镇一路1号,A,'): string =>
    `${code},${name},${rest}`
  const file = (...lines: readonly string[]): string => [HEADER, ...lines, ''].join('\n')
  const subject = (code: string) =>
    app.database.read((reader) =>
      reader.selectFrom('registers.subject').selectAll().where('code', '=', code).executeTakeFirst(),
    )
  const applied = async (by: GivenPerson, ...lines: readonly string[]) => {
    const { id } = await bringAndCheck(by.client, file(...lines))
    return step(by.client, id, 'application')
  }
  const refusalOf = (answer: { readonly status: number; readonly body: object }) => ({
    status: answer.status,
    code: (answer.body as { code?: string }).code,
  })

  test('nobody of another authority edits, removes or licences a subject', async () => {
    const { id, version } = await giveSubject(cast.clerk.client, { authorityId: cast.market })
    for (const { client } of [cast.healthClerk, cast.oversight, cast.reader]) {
      expect((await client.patch(`/subjects/${id}`, version, { name: '改名店' })).status).toBe(403)
      expect((await client.post(`/subjects/${id}/removal`, { reason: '测试所需' })).status).toBe(403)
      const licence = { kind: '卫生许可证', number: '1', authorityId: cast.health }
      expect((await client.post(`/subjects/${id}/licences`, licence)).status).toBe(403)
    }
    expect((await cast.neighbour.client.patch(`/subjects/${id}`, version, { name: '改名店' })).status).toBe(
      404,
    )
    expect((await cast.neighbour.client.post(`/subjects/${id}/removal`, { reason: '测试所需' })).status).toBe(
      404,
    )
  })

  test('a file changes nothing of a subject that another authority keeps: it only joins it', async () => {
    const code = fresh()
    await applied(cast.clerk, line(code, '青石县原名店'))
    const theirs = await bringAndCheck(
      cast.healthClerk.client,
      file(line(code, '青石县被改名店', '有限责任公司,青石县别处,D,')),
    )
    const [row] = await rowsOf(cast.healthClerk.client, theirs.id)
    expect(row).toMatchObject({ result: 'changed', reasons: [{ code: 'kept_by_another_authority' }] })
    await step(cast.healthClerk.client, theirs.id, 'application')
    expect(await subject(code)).toMatchObject({
      name: '青石县原名店',
      credit_class: 'A',
      registered_address: '青石县城关镇一路1号',
      authority_ids: [cast.market, cast.health],
    })
    // The office keeps the joint register: it may.
    const joint = await bringAndCheck(cast.office.client, file(line(code, '青石县联合店')))
    expect(joint.counts).toMatchObject({ renamed: 1 })
  })

  test('a hash gives nobody the file of somebody else, and no file goes to another county', async () => {
    const one = await bring(cast.clerk.client, file(line(fresh(), '青石县甲店')))
    const { fileHash } = one.body as unknown as { fileHash: string }
    const stolen = { file: fileHash, fileName: '名单.csv', register: 'subject', mode: 'full' }
    expect(refusalOf(await cast.healthClerk.client.post('/register-imports', stolen))).toEqual({
      status: 422,
      code: 'import.file_unknown',
    })
    const away = await bring(cast.clerk.client, file(line(fresh(), '青石县乙店')), { division: '990102' })
    expect(refusalOf(away)).toEqual({ status: 422, code: 'import.division_elsewhere' })
  })

  test('whoever chose the columns is no second person for them, nor is the uploader in another role', async () => {
    const code = fresh()
    await applied(cast.clerk, line(code, '青石县分类店'))
    const worse = file(line(code, '青石县分类店', '有限责任公司,青石县城关镇一路1号,D,'))
    const one = await bringAndCheck(cast.clerk.client, worse)
    await giveRole(app, { personId: cast.clerk.personId, authorityId: cast.market, role: 'unitHead' })
    const asHead = await app.as(cast.clerk.accountId)
    expect(refusalOf(await asHead.post(`/register-imports/${one.id}/approval`)).code).toBe(
      'import.own_upload',
    )

    const columns = { mapping: { columns: one.guess, tag: '异常名录' } }
    await cast.office.client.post(`/register-imports/${one.id}/check`, columns)
    await settled(cast.office.client, one.id)
    expect(refusalOf(await cast.office.client.post(`/register-imports/${one.id}/approval`)).code).toBe(
      'import.own_check',
    )
    expect((await cast.head.client.post(`/register-imports/${one.id}/approval`)).status).toBe(200)
    // Approved, then compared in another way: the approval was for what was seen.
    await cast.clerk.client.post(`/register-imports/${one.id}/check`, columns)
    await settled(cast.clerk.client, one.id)
    expect(refusalOf(await cast.clerk.client.post(`/register-imports/${one.id}/application`)).code).toBe(
      'import.second_person_for_reclassified',
    )
  })

  test('what was approved is not applied to a register that has moved on', async () => {
    const code = fresh()
    await applied(cast.clerk, line(code, '青石县动店'))
    const one = await bringAndCheck(
      cast.clerk.client,
      file(line(code, '青石县动店', '有限责任公司,青石县城关镇一路1号,D,')),
    )
    await step(cast.head.client, one.id, 'approval')
    const { id, version } = (await subject(code))!
    const moved = await cast.clerk.client.patch(`/subjects/${id}`, version, {
      registeredAddress: '青石县城关镇二路2号',
    })
    expect(moved.status, moved.text).toBe(200)
    expect(await step(cast.clerk.client, one.id, 'application')).toMatchObject({
      state: 'checked',
      failure: { code: 'import.register_moved' },
    })
    expect(await subject(code)).toMatchObject({ credit_class: 'A' })
  })

  test('another industry from a file waits for a second person, as by hand', async () => {
    const code = fresh()
    const header = '统一社会信用代码,企业名称,行业代码'
    const first = await bringAndCheck(cast.clerk.client, `${header}\n${code},青石县行业店,5211\n`)
    await step(cast.clerk.client, first.id, 'application')
    expect(await subject(code)).toMatchObject({ industry_code: expect.stringMatching(/5211$/) as string })
    const other = await bringAndCheck(cast.clerk.client, `${header}\n${code},青石县行业店,6210\n`)
    expect(other.counts).toMatchObject({ changed: 1, reclassified: 1 })
  })

  test('who brought subjects does not take them out again by undoing; nor twice, nor after a later hand change', async () => {
    const code = fresh()
    const one = await applied(cast.clerk, line(code, '青石县来去店'))
    const reason = { reason: '传错文件' }
    const own = await cast.clerk.client.post(`/register-imports/${one.id}/undo`, reason)
    expect(refusalOf(own).code).toBe('import.own_undo')
    const { id, version } = (await subject(code))!
    await cast.clerk.client.patch(`/subjects/${id}`, version, { registeredAddress: '青石县城关镇三路3号' })
    expect(await step(cast.clerk2.client, one.id, 'undo', reason)).toMatchObject({
      state: 'applied',
      failure: { code: 'import.changed_since' },
    })

    const other = fresh()
    const two = await applied(cast.clerk, line(other, '青石县又来店'))
    expect(await step(cast.head.client, two.id, 'undo', reason)).toMatchObject({ state: 'undone' })
    expect(refusalOf(await cast.head.client.post(`/register-imports/${two.id}/undo`, reason)).code).toBe(
      'import.is_undone',
    )
    expect(await applied(cast.clerk, line(other, '青石县又来店'))).toMatchObject({ state: 'applied' })
    expect(await subject(other)).toMatchObject({ left_on: null })
  })

  test('two imports of the same subjects at once: one is applied, the other compared again', async () => {
    const codes = Array.from({ length: 40 }, fresh)
    const lines = codes.map((code) => line(code, '青石县抢先店'))
    const one = await bringAndCheck(cast.clerk.client, file(...lines))
    const two = await bringAndCheck(cast.clerk2.client, file(...lines.toReversed()))
    await Promise.all([
      cast.clerk.client.post(`/register-imports/${one.id}/application`),
      cast.clerk2.client.post(`/register-imports/${two.id}/application`),
    ])
    const ends = [await settled(cast.clerk.client, one.id), await settled(cast.clerk2.client, two.id)]
    expect(ends.map(({ state }) => state).toSorted()).toEqual(['applied', 'checked'])
    expect(await Promise.all(codes.map(async (code) => (await subject(code))?.version))).toEqual(
      codes.map(() => 1),
    )
  })

  test('columns beyond the file, and one column for two fields, are refused', async () => {
    const { body } = await bring(cast.clerk.client, file(line(fresh(), '青石县列店')))
    const { id } = body as unknown as { id: string }
    const check = async (columns: object) =>
      refusalOf(await cast.clerk.client.post(`/register-imports/${id}/check`, { mapping: { columns } }))
    expect(await check({ code: 0, name: 0 })).toEqual({ status: 422, code: 'import.column_twice' })
    expect(await check({ code: 0, name: 600 })).toEqual({ status: 422, code: 'import.no_such_column' })
    expect(await check({ code: 0 })).toEqual({ status: 422, code: 'import.column_missing' })
    expect(await check({ code: 0, name: 1, constructor: 2 })).toEqual({
      status: 422,
      code: 'import.no_such_field',
    })
    expect((await check({ code: 0, name: -1 })).status).toBe(400)
  })

  test('no cell of an export is a formula; rare characters come back; hidden directions are refused', async () => {
    const formulas = ['=1+1', '+1', '-1', '@SUM(A1)', '＝1+1'].map((text) => `${text}青石店`)
    const rare = '青石县𠮷㐂𬬻店'
    const names = [...formulas, rare, '青石县\u202e店']
    const { id, counts } = await bringAndCheck(
      cast.clerk.client,
      file(...names.map((name) => line(fresh(), name))),
    )
    expect(counts).toMatchObject({ new: 6, rejected: 1 })
    const report = (await cast.clerk.client.get(`/register-imports/${id}/report.csv`)).text
    await step(cast.clerk.client, id, 'application')
    const exported = (await cast.clerk.client.get(`/subject-export?division=${COUNTY}`)).text
    expect(exported).toContain(rare)
    for (const text of [report, exported]) {
      expect(text).not.toMatch(/(?:^|,|\n)"?[=+\-@＝＋－＠][^,\n]*青石店/u)
      expect(text).not.toContain('\u202e')
    }
  })

  test('numbers of people leave by no route, log, trail, staging or disk, whatever column they stand in', async () => {
    const telephones = TELEPHONES.map((telephone) => line(fresh(), '青石县电话店', `,,,${telephone}`))
    const misplaced = [line(ID_CARD, '张三'), line(fresh(), ID_CARD), line(fresh(), `李四${ID_CARD}`)]
    const one = await bringAndCheck(cast.clerk.client, file(...telephones, ...misplaced))
    expect(one.counts).toMatchObject({ new: 4, rejected: 3 })
    const byNumber = await bringAndCheck(
      cast.clerk.client,
      `注册号,企业名称,身份证号\n${ID_CARD},王五,\n,青石县赵六,${ID_CARD}\n${fresh()},青石县有码店,${ID_CARD}\n`,
    )
    expect(byNumber.counts).toMatchObject({ rejected: 1, new: 2 })
    for (const { id } of [one, byNumber]) await step(cast.clerk.client, id, 'application')

    const seen = await Promise.all([
      ...[one, byNumber].flatMap(({ id }) =>
        ['', '/rows?limit=200', '/report.csv'].map((part) =>
          cast.clerk.client.get(`/register-imports/${id}${part}`),
        ),
      ),
      cast.clerk.client.get(`/subjects?division=${COUNTY}&limit=200`),
      cast.clerk.client.get(`/subject-export?division=${COUNTY}`),
      app.anonymous.get(`/public/subject-changes?division=${COUNTY}`),
    ])
    const stored: string[] = []
    for (const table of [
      'registers.import',
      'registers.import_row',
      'registers.subject',
      'registers.subject_change',
      'audit.event',
      'audit.change',
      'log.leaf',
    ]) {
      const { rows } = await app.migrated.superuser.query<{ text: string }>(
        `select t::text as text from ${table} t`,
      )
      stored.push(...rows.map(({ text }) => text))
    }
    const leaks = [...seen.map(({ text }) => text), ...stored, ...logged, ...filesUnder(app.folder)].filter(
      (text) => [ID_CARD, '13900990', '139-0099-00'].some((canary) => text.includes(canary)),
    )
    expect(leaks.map((text) => text.slice(0, 2_000))).toEqual([])
    // A number beside a code is not the subject's own: he stays what he is.
    const person = await app.database.read((reader) =>
      reader
        .selectFrom('registers.subject')
        .select(['name', 'kind'])
        .where('kind', '=', 'NATURAL_PERSON')
        .execute(),
    )
    expect(person).toEqual([{ name: '青石县赵六', kind: 'NATURAL_PERSON' }])
  })

  test('of natural persons the published changes say nothing that names them', async () => {
    const person = { kind: 'NATURAL_PERSON', name: '青石县钱七', idCard: '110101199003070337' }
    const answer = await enterSubject(cast.clerk.client, { ...person, authorityId: cast.market })
    expect(answer.status, answer.text).toBe(201)
    await moved(cast, String((answer.body as { id?: string }).id), 'removal')
    const { text } = await app.anonymous.get(`/public/subject-changes?division=${COUNTY}`)
    expect(text).toContain('"kind":"left"')
    for (const named of ['钱七', person.idCard, String((answer.body as { code?: string }).code)])
      expect(text).not.toContain(named)
  })

  test('fifty taken out and put back among twenty thousand are found, and nobody else', async () => {
    const [many, friends, honest] = [20_000, 50, 400]
    const now = app.clock.now().getTime()
    const at = (days: number): string => new Date(now - days * DAY_MS).toISOString()
    await record(
      { database: app.database, newId: app.newId },
      SYSTEM,
      { action: 'test.prepare' },
      async (writer) => {
        await sql`
        insert into registers.subject (id, division_code, code, code_kind, name, kind, entity_type, division_basis, authority_ids, entered_on)
        select registers.new_id(), ${COUNTY}, 'SL990101-' || lpad(n::text, 12, '0'), 'issued', '青石县示例' || n || '号', 'LEGAL_PERSON', 'enterprise', 'stated',
               array[${cast.market}::uuid], '2026-01-01' from generate_series(1, ${many}::int) n`.execute(
          writer,
        )
        const change = (
          kind: string,
          from: number,
          to: number,
          { on, source = 'hand' }: { on: string; source?: string },
        ) =>
          sql`
        insert into registers.subject_change (id, division_code, subject_id, kind, state, fields, source, proposed_at, decided_at)
        select registers.new_id(), ${COUNTY}, s.id, ${kind}, 'effective', '{}', ${source}, ${on}, ${on}
          from registers.subject s join generate_series(${from}::int, ${to}::int) n on s.code = 'SL990101-' || lpad(n::text, 12, '0')`.execute(
            writer,
          )
        // Friends: out 30 days ago by hand or from a file, back 3 days ago. Honest: out for good, back after a year, or an import undone.
        await change('left', 1, friends / 2, { on: at(30) })
        await change('left', friends / 2 + 1, friends, { on: at(30), source: 'import' })
        await change('returned', 1, friends, { on: at(3) })
        await change('left', 1_001, 1_000 + honest, { on: at(30) })
        await change('left', 2_001, 2_000 + honest, { on: at(400) })
        await change('returned', 2_001, 2_000 + honest, { on: at(3) })
        await change('left', 3_001, 3_000 + honest, { on: at(30), source: 'import' })
        await change('returned', 3_001, 3_000 + honest, { on: at(29), source: 'undo' })
      },
    )
    const { body } = await cast.oversight.client.get('/subject-changes?returned=true&limit=200')
    const { items } = body as unknown as {
      items: readonly { subjectCode: string; returnedAfterDays: number }[]
    }
    const found = items.filter(({ subjectCode }) => subjectCode.startsWith('SL990101-0000'))
    expect(found.map(({ subjectCode }) => Number(subjectCode.slice(-12))).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: friends }, (_, at) => at + 1),
    )
    expect(new Set(found.map(({ returnedAfterDays }) => returnedAfterDays))).toEqual(new Set([27]))
  })
})

/** The bytes of every file under a folder, as text. */
function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, 'latin1'))
}
