// CAL-LISTS: what of 一单两库 is due by the law of a place, as a task with its clock, until it is there.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SYSTEM } from '../../src/platform/actor.ts'
import type { Writer } from '../../src/platform/database/database.ts'
import { record } from '../../src/platform/record.ts'
import { dutyPeriods } from '../../src/registers/due.rules.ts'
import { withEntries } from '../../src/law/index.ts'
import { LAW, startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { COUNTY, giveAuthority, givePerson, type GivenPerson } from '../support/people.ts'

const PUYANG = '410928'
const RULES = 'registers.operating_rules_dates'
const SOURCE = { document: '青双随机办〔2026〕2号', article: '第三条', phrase: '每年1月15日、6月15日前报送' }

interface Task {
  readonly code: string
  readonly params: Readonly<Record<string, string>>
  readonly link: string
  readonly since: string
  readonly due: {
    readonly on: string
    readonly law: string
    readonly citation: string
    readonly workingDays?: number
  }
}

const dueOf = async (person: GivenPerson): Promise<readonly Task[]> => {
  const { body } = await person.client.get('/todo')
  return (body['items'] as unknown as Task[]).filter(({ code }) => code.startsWith('registers.due.'))
}
const namesOf = (tasks: readonly Task[]): readonly string[] =>
  tasks.map(({ code }) => code.replace('registers.due.', '')).toSorted()

describe('the days', () => {
  const at = (on: string, key = 'registers.catalogue_dates') =>
    dutyPeriods(LAW, key, { division: PUYANG, on })

  it('stand in the year in which a document that is in force names them', () => {
    expect(at('2023-04-03')).toEqual([{ on: '2023-06-30', since: undefined }])
    expect(at('2023-12-31')).toEqual([{ on: '2023-06-30', since: undefined }])
  })

  it('are none before the document, nor in a later year: S1 binds 2023 alone', () => {
    expect(at('2023-03-14')).toEqual([])
    expect(at('2024-01-01')).toEqual([])
    expect(at('2024-06-30')).toEqual([])
  })

  it('are none where no document names any, nor for a division that the law does not know', () => {
    expect(at('2023-04-03', 'registers.joint_catalogue_dates')).toEqual([])
    expect(dutyPeriods(LAW, RULES, { division: '123456', on: '2023-04-03' })).toEqual([])
  })

  it('follow one another where there are several a year; each counts from the one before it', () => {
    const entry = { division: COUNTY, key: RULES, value: ['01-15', '06-15'], kind: 'default' } as const
    const law = withEntries(LAW, [{ ...entry, from: '2026-01-01', source: { ...SOURCE, confirmed: true } }])
    const on = (day: string) => dutyPeriods(law, RULES, { division: COUNTY, on: day })
    expect(on('2026-01-10')).toEqual([{ on: '2026-01-15', since: undefined }])
    expect(on('2026-03-01').at(-1)).toEqual({ on: '2026-06-15', since: '2026-01-15' })
    expect(on('2027-01-10')).toEqual([{ on: '2027-01-15', since: '2026-06-15' }])
  })
})

onEachEngine((kind) => {
  let app: TestApp
  let clerk: GivenPerson
  beforeAll(async () => {
    app = await startApp(kind)
    await app.start()
    app.clock.advance(Date.parse('2023-04-03T01:00:00Z') - app.clock.now().getTime())
    const authority = await giveAuthority(app, { division: PUYANG, name: '示例县市场监督管理局' })
    clerk = await givePerson(app, { authority, roles: ['clerk'] })
  })
  afterAll(() => app.close())

  const write = (work: (writer: Writer) => Promise<unknown>) =>
    record(app, SYSTEM, { action: 'test.prepare' }, async (writer) => void (await work(writer)))
  const moveTo = (day: string) =>
    app.clock.advance(Date.parse(`${day}T01:00:00Z`) - app.clock.now().getTime())
  const again = async (person: GivenPerson): Promise<GivenPerson> => ({
    ...person,
    client: await app.as(person.accountId),
  })

  it('the clerk sees what his authority owes, with the day, how long still, and the words of the rule', async () => {
    const tasks = await dueOf(clerk)
    expect(namesOf(tasks)).toEqual([
      'catalogue',
      'inspectors',
      'operatingRules',
      'subjects',
      'workInstruction',
    ])
    const catalogue = tasks.find(({ code }) => code.endsWith('catalogue'))
    expect(catalogue).toMatchObject({
      params: { authority: '示例县市场监督管理局' },
      link: '/registers/items',
      due: { on: '2023-06-30', law: 'registers.catalogue_dates', workingDays: 61 },
    })
    expect(catalogue?.due.citation).toContain('濮县双随机办〔2023〕13号')
    expect(catalogue?.due.citation).toContain('6月30日前')
  })

  it('neither who only reads sees it, nor an authority that may not inspect owes it', async () => {
    const reader = await givePerson(app, { authority: clerk.authorityId, roles: ['reader'] })
    expect(await dueOf(reader)).toEqual([])
    const office = await giveAuthority(app, { division: PUYANG, name: '示例县司法局' })
    await write((writer) =>
      writer.updateTable('agencies.authority').set({ inspects: false }).where('id', '=', office).execute(),
    )
    expect(await dueOf(await givePerson(app, { authority: office, roles: ['clerk'] }))).toEqual([])
  })

  it('what is there is owed no longer; what is missing past its day is late, and says by how much', async () => {
    const { authorityId: authority_id, personId } = clerk
    await write((writer) => insertItem(writer, app.newId(), { authority_id, isRandom: true, personId }))
    await write((writer) =>
      insertDocument(writer, app.newId(), { authority_id, kind: 'operatingRules', personId }),
    )
    await write((writer) => insertSubject(writer, app.newId(), authority_id))
    moveTo('2023-07-11')
    const late = await dueOf(await again(clerk))
    expect(namesOf(late)).toEqual(['inspectors', 'workInstruction'])
    expect(late[0]?.due).toMatchObject({ on: '2023-06-30', workingDays: -7 })
  })

  it('in the year after, by a rule that binds one year alone, nothing is owed', async () => {
    moveTo('2024-01-02')
    expect(await dueOf(await again(clerk))).toEqual([])
  })

  describe('in a county whose own rule names days of each year', () => {
    let county: GivenPerson
    let office: GivenPerson
    beforeAll(async () => {
      moveTo('2026-03-02')
      const authority = await giveAuthority(app, { division: COUNTY })
      county = await givePerson(app, { authority, roles: ['clerk'] })
      office = await givePerson(app, { authority, roles: ['conferenceOffice'] })
      const second = await givePerson(app, { authority, roles: ['oversight'] })
      for (const parameter of [
        RULES,
        'registers.joint_catalogue_dates',
        'registers.unsuitable_items_dates',
      ]) {
        const entry = { division: COUNTY, parameter, value: ['06-15'], kind: 'default', from: '2026-01-01' }
        const made = await office.client.post('/law/entries', { ...entry, source: SOURCE })
        const { id } = made.body as unknown as { readonly id: string }
        const approved = await second.client.post(`/law/entries/${id}/approval`, undefined, {
          'if-match': '"1"',
        })
        expect([made.status, approved.status]).toEqual([201, 200])
      }
    })

    it('the office sees what is owed jointly, with the words of that rule', async () => {
      const [task, ...others] = await dueOf(office)
      expect(others).toEqual([])
      expect(task).toMatchObject({
        code: 'registers.due.jointCatalogue',
        params: { division: '青石县' },
        due: { on: '2026-06-15', citation: expect.stringContaining(SOURCE.document) as string },
      })
    })

    it('who has nothing unsuitable has nothing to state; who has, states it', async () => {
      expect(namesOf(await dueOf(county))).toEqual(['operatingRules', 'workInstruction'])
      const { authorityId: authority_id, personId } = county
      await write((writer) => insertItem(writer, app.newId(), { authority_id, isRandom: false, personId }))
      expect(namesOf(await dueOf(county))).toContain('unsuitableStatement')
    })

    it('what was submitted for one year is submitted again for the next', async () => {
      const { authorityId: authority_id, personId } = county
      for (const kind of ['operatingRules', 'workInstruction'])
        await write((writer) =>
          insertDocument(writer, app.newId(), { authority_id, kind, personId, on: '2026-03-02' }),
        )
      expect(namesOf(await dueOf(county))).toEqual(['unsuitableStatement'])
      moveTo('2027-02-01')
      expect(namesOf(await dueOf(await again(county)))).toContain('operatingRules')
    })
  })
})

async function insertItem(
  writer: Writer,
  id: string,
  given: { readonly authority_id: string; readonly isRandom: boolean; readonly personId: string },
): Promise<void> {
  const second = await writer
    .selectFrom('agencies.person')
    .select('id')
    .where('id', '!=', given.personId)
    .executeTakeFirstOrThrow()
  await writer
    .insertInto('registers.inspection_item')
    .values({
      id,
      authority_id: given.authority_id,
      division_code: PUYANG,
      code: 'SX-1',
      name: '示例经营场所检查',
      object: '示例经营单位',
      field: 'market',
      is_random: given.isRandom,
      not_random_reason: given.isRandom ? null : '专项整治，不适宜随机',
      tier: 'GENERAL',
      state: 'effective',
      effective_from: '2023-01-01',
      proposed_by: given.personId,
      decided_by: second.id,
    })
    .execute()
}

async function insertDocument(
  writer: Writer,
  id: string,
  given: {
    readonly authority_id: string
    readonly kind: string
    readonly personId: string
    readonly on?: string
  },
): Promise<void> {
  await writer
    .insertInto('registers.operating_document')
    .values({
      id,
      authority_id: given.authority_id,
      division_code: PUYANG,
      kind: given.kind,
      title: '随机抽查工作细则',
      number: 1,
      effective_from: '2023-01-01',
      file_hash: '0'.repeat(64),
      file_name: '细则.pdf',
      file_bytes: 1,
      format: 'pdf',
      uploaded_by: given.personId,
      uploaded_at: new Date('2023-04-03T01:00:00Z'),
      state: 'submitted',
      submitted_on: given.on ?? '2023-04-03',
    })
    .execute()
}

async function insertSubject(writer: Writer, id: string, authority: string): Promise<void> {
  await writer
    .insertInto('registers.subject')
    .values({
      id,
      division_code: PUYANG,
      code: '91410928MA00000000',
      code_kind: 'uscc',
      name: '示例商行',
      kind: 'LEGAL_PERSON',
      entity_type: 'enterprise',
      division_basis: 'stated',
      authority_ids: [authority],
      entered_on: '2023-04-03',
    })
    .execute()
}
