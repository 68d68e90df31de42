import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LawBook, resolve, startDeadline } from '../../src/law/index.ts'
import { SYSTEM } from '../../src/platform/actor.ts'
import { record } from '../../src/platform/record.ts'
import { type Answer, LAW, startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { COUNTY, type GivenPerson, giveAuthority, givePerson } from '../support/people.ts'

const PUYANG = '410928'
const NAIMAN = '150525'

const ENTRY = {
  division: COUNTY,
  parameter: 'publication.result_deadline',
  value: 10,
  kind: 'default',
  from: '2026-12-01',
  source: { document: '青政办〔2026〕9号', article: '第六条', phrase: '抽查结束后10个工作日内公示' },
} as const

interface Shown {
  readonly key: string
  readonly inForce: { readonly value: unknown; readonly division: string; readonly from: string } | null
  readonly overridden: readonly { readonly why: string; readonly division: string }[]
}

onEachEngine((kind) => {
  let app: TestApp
  let office: GivenPerson
  let justice: GivenPerson
  beforeAll(async () => {
    app = await startApp(kind)
    office = await givePerson(app, { roles: ['conferenceOffice'] })
    const authority = await giveAuthority(app, { division: COUNTY, name: '青石县司法局' })
    justice = await givePerson(app, { roles: ['oversight'], authority })
  })
  afterAll(() => app.close())

  const shown = async (division: string, on: string, key: string): Promise<Shown> => {
    const { body } = await office.client.get(`/law/parameters?division=${division}&on=${on}`)
    return (body['items'] as unknown as Shown[]).find((item) => item.key === key)!
  }

  it('shows what is in force in a place on a day, where it comes from, and what it overrides', async () => {
    const own = await shown(PUYANG, '2023-06-01', 'publication.result_deadline')
    expect(own).toMatchObject({
      inForce: { value: 10, division: PUYANG },
      overridden: [{ why: 'replaced', division: 'cn' }],
    })
    const other = await shown(NAIMAN, '2024-06-01', 'publication.result_deadline')
    expect(other.inForce).toMatchObject({ value: 20 })
    expect((await shown(PUYANG, '2024-06-01', 'plans.ratio_floor')).inForce?.division).not.toBe(PUYANG)
  })

  it('computes a deadline, and says what it awaits where the year is not published', async () => {
    const url = (start: string) =>
      `/law/deadline?division=${PUYANG}&key=publication.result_deadline&start=${start}`
    expect((await office.client.get(url('2023-09-20'))).body).toMatchObject({
      length: 10,
      due: '2023-10-10',
      awaitsYear: null,
    })
    expect((await office.client.get(url('2026-12-21'))).body).toMatchObject({ due: null, awaitsYear: 2027 })
  })

  it('answers for a division that never was as for anything that is not there', async () => {
    const { status, body } = await office.client.get('/law/parameters?division=123456')
    expect([status, body['code']]).toEqual([404, 'not_found'])
  })

  describe('a change of the law', () => {
    let proposed: Answer
    beforeAll(async () => {
      proposed = await office.client.post('/law/entries', ENTRY)
    })
    const approve = (who: GivenPerson, version: number) =>
      who.client.post(`/law/entries/${proposed.body['id']}/approval`, undefined, {
        'if-match': `"${version}"`,
      })

    it('is a new dated entry with its source, shown beside what it would replace', () => {
      expect(proposed.status).toBe(201)
      expect(proposed.body).toMatchObject({
        state: 'proposed',
        value: 10,
        replaces: { value: 20, division: 'cn' },
      })
      expect(proposed.body['can']).toEqual({
        approve: { code: 'law.second_person_needed' },
        reject: { code: 'law.second_person_needed' },
      })
    })

    it('waits for a second person, and is among what he has to do and what the first has started', async () => {
      expect((await approve(office, 1)).body).toMatchObject({ code: 'law.second_person_needed' })
      const todo = await justice.client.get('/todo')
      expect(todo.body['items']).toContainEqual(expect.objectContaining({ code: 'law.approve_entry' }))
      const started = await office.client.get('/started')
      expect(started.body['items']).toEqual([expect.objectContaining({ code: 'law.entry_proposed' })])
      expect((await shown(COUNTY, '2026-12-01', ENTRY.parameter)).inForce?.value).toBe(20)
    })

    it('is in force from its day once another has approved it, and no sooner', async () => {
      expect((await approve(justice, 7)).status).toBe(412)
      expect((await approve(justice, 1)).body).toMatchObject({ state: 'effective' })
      expect((await shown(COUNTY, '2026-12-01', ENTRY.parameter)).inForce).toMatchObject({
        value: 10,
        division: COUNTY,
      })
      expect((await shown(COUNTY, '2026-11-30', ENTRY.parameter)).inForce).toMatchObject({
        value: 20,
        division: 'cn',
      })
      expect((await approve(justice, 2)).body).toMatchObject({ code: 'law.decided_already' })
    })

    it.each([
      [{ ...ENTRY, value: -1 }, 'law.entry_cannot_stand', 422],
      [{ ...ENTRY, value: true }, 'law.entry_cannot_stand', 422],
      [{ ...ENTRY, parameter: 'publication.nothing' }, 'law.entry_cannot_stand', 422],
      [{ ...ENTRY, until: '2026-11-01' }, 'law.entry_cannot_stand', 422],
      [{ ...ENTRY, division: NAIMAN }, 'not_allowed', 403],
      [{ ...ENTRY, source: { document: '青政办〔2026〕9号' } }, 'invalid_input', 400],
    ])('cannot be proposed where it could not stand', async (body, code, status) => {
      const answer = await office.client.post('/law/entries', body)
      expect([answer.status, answer.body['code']]).toEqual([status, code])
    })
  })

  it('settles the clocks that waited for a calendar when it is loaded', async () => {
    const due = await record(app, SYSTEM, { action: 'test.prepare' }, (writer) =>
      startDeadline(writer, LAW, {
        id: app.newId(),
        about: 'visit/1',
        key: 'publication.result_deadline',
        division: COUNTY,
        start: '2026-11-30',
      }),
    )
    expect(due).toBeUndefined()
    const administrator = await givePerson(app, { roles: ['systemAdministrator'] })
    const calendar = {
      year: 2027,
      holidays: ['2027-01-01', '2027-01-02', '2027-01-03'],
      workdays: ['2027-01-09'],
      notice: '国办发明电〔2026〕示例号',
    }
    const { body } = await administrator.client.post('/law/calendars', calendar)
    expect(body).toEqual({ year: 2027, recomputed: 1 })
    const { rows } = await app.migrated.superuser.query(`select due_on, provisional from law.deadline`)
    // By the national 20 days, as the clock was started before the county's own 10 are in force.
    expect(rows).toEqual([{ due_on: '2026-12-28', provisional: false }])
  })

  it('computes a clock again where the calendar that settled it is corrected', async () => {
    const administrator = await givePerson(app, { roles: ['systemAdministrator'] })
    const corrected = {
      year: 2027,
      holidays: ['2026-12-28', '2027-01-01'],
      workdays: [],
      notice: '国办发明电〔2026〕示例号（更正）',
    }
    expect((await administrator.client.post('/law/calendars', corrected)).body).toEqual({
      year: 2027,
      recomputed: 1,
    })
    const { rows } = await app.migrated.superuser.query(`select due_on, provisional from law.deadline`)
    expect(rows).toEqual([{ due_on: '2026-12-29', provisional: false }])
    const about = await app.migrated.superuser.query(
      `select distinct object_id from audit.event where action = 'law.load' and outcome = 'done'`,
    )
    expect(about.rows).toEqual([{ object_id: '2027' }])
  })

  it('forgets what a transaction saw that was rolled back', async () => {
    const book = new LawBook(LAW)
    const approved = record(app, SYSTEM, { action: 'test.prepare' }, async (writer) => {
      await writer
        .insertInto('law.entry')
        .values({
          id: app.newId(),
          division_code: COUNTY,
          parameter: ENTRY.parameter,
          value: '3',
          kind: 'default',
          valid_from: '2026-12-02',
          source_document: '示例',
          source_phrase: '三个工作日',
          state: 'effective',
          proposed_by: office.personId,
          proposed_at: app.clock.now(),
          decided_by: justice.personId,
          decided_at: app.clock.now(),
        })
        .execute()
      await book.read(writer)
      throw new Error('rolled back')
    })
    await expect(approved).rejects.toThrow('rolled back')
    const law = await app.database.read((reader) => book.read(reader))
    expect(resolve(law, ENTRY.parameter, { division: COUNTY, on: '2026-12-02' })?.value).toBe(10)
  })

  it('takes no calendar in place of one that came with this version, and none that is none', async () => {
    const administrator = await givePerson(app, { roles: ['systemAdministrator'] })
    const load = (body: unknown) => administrator.client.post('/law/calendars', body)
    const year = { year: 2028, holidays: ['2028-01-01'], workdays: [], notice: '示例' }
    expect((await load({ ...year, year: 2026, holidays: ['2026-01-01'] })).body).toMatchObject({
      code: 'law.calendar_of_this_version',
    })
    expect((await load({ ...year, holidays: ['2026-01-01'] })).body).toMatchObject({
      code: 'law.calendar_malformed',
    })
  })
})
