import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { type GivenPerson, givePerson } from '../support/people.ts'
import { AT_ONCE, forgetRows, runByHand, seeImport } from './imports-by-hand.ts'
import { bring, creditCode as code, registerFile, rowsOf, seen, type SeenImport } from './imports-kit.ts'

const ROWS = 7

const file = (first: number, name?: string): string =>
  registerFile(ROWS, { first, ...(name ? { name } : {}) })

// The jobs of the server do not run here: the test runs each itself, and stops it where a crash would.
onEachEngine((kind) => {
  let app: TestApp
  let clerk: GivenPerson
  let head: GivenPerson

  beforeAll(async () => {
    app = await startApp(kind)
    clerk = await givePerson(app, { roles: ['clerk'] })
    head = await givePerson(app, { roles: ['unitHead', 'clerk'], authority: clerk.authorityId })
  })
  afterAll(() => app.close())

  const see = (id: string): Promise<SeenImport> => seeImport(clerk.client, id)
  const run = (person: GivenPerson, id: string, verb: string, most = Infinity, body?: object) =>
    runByHand(app, person.client, { id, verb, body, most })

  async function checked(text: string, mode = 'merge'): Promise<SeenImport> {
    const { id, guess } = seen((await bring(clerk.client, text, { mode })).body)
    return run(clerk, id, 'check', Infinity, { mapping: { columns: guess } })
  }

  const inRegister = async (first: number): Promise<number> => {
    const codes = Array.from({ length: ROWS }, (_, n) => code(first + n))
    const rows = await app.database.read((reader) =>
      reader
        .selectFrom('registers.subject')
        .select('name')
        .where('code', 'in', codes)
        .where('left_on', 'is', null)
        .execute(),
    )
    return rows.length
  }
  const forget = (id: string) => forgetRows(app, id)

  test('an import that was stopped half-way says so, goes on where it stood, and writes nothing twice', async () => {
    const { id } = await checked(file(100))
    const halted = await run(clerk, id, 'application', 2)
    expect(halted).toMatchObject({ state: 'halted', failure: { code: 'import.cancelled_midway' } })
    expect(halted.can).toMatchObject({
      apply: null,
      check: { code: 'import.is_halted' },
      discard: { code: 'import.is_halted' },
    })
    expect(await inRegister(100)).toBe(4)
    const todo = await clerk.client.get('/todo')
    expect(todo.text).toContain(`/registers/imports/${id}`)
    expect(await run(clerk, id, 'application')).toMatchObject({
      state: 'applied',
      failure: null,
      counts: { rows: ROWS, new: ROWS },
    })
    expect(await inRegister(100)).toBe(ROWS)
  })

  test('after a crash of the database that took the rows, the file is read again and the rest is written', async () => {
    const { id } = await checked(file(200))
    await run(clerk, id, 'application', 1)
    expect(await inRegister(200)).toBe(AT_ONCE)
    await forget(id)
    expect(await run(clerk, id, 'application')).toMatchObject({ state: 'applied', counts: { new: ROWS } })
    expect(await inRegister(200)).toBe(ROWS)
    expect((await rowsOf(clerk.client, id, 'new')).length).toBe(ROWS)
  })

  test('changes that a crash interrupted are each made once', async () => {
    await run(clerk, (await checked(file(300))).id, 'application')
    const { id } = await checked(file(300, '青石县新店'))
    await run(clerk, id, 'application', 2)
    await forget(id)
    expect(await run(clerk, id, 'application')).toMatchObject({ state: 'applied', counts: { renamed: ROWS } })
    const changes = await app.database.read((reader) =>
      reader
        .selectFrom('registers.subject_change')
        .select('subject_id')
        .where('import_id', '=', id)
        .execute(),
    )
    expect(new Set(changes.map((change) => change.subject_id)).size).toBe(ROWS)
    expect(changes).toHaveLength(ROWS)
  })

  test('who is missing from a full list leaves once, however often it is interrupted', async () => {
    const own = await givePerson(app, { roles: ['clerk'] })
    const keeper = clerk
    clerk = own
    const second = await givePerson(app, { roles: ['unitHead'], authority: own.authorityId })
    await run(own, (await checked(file(400))).id, 'application')
    const short = file(400).split('\n').slice(0, 2).join('\n')
    const { id } = await checked(short, 'full')
    expect((await second.client.post(`/register-imports/${id}/approval`)).status).toBe(200)
    await run(own, id, 'application', 1)
    await forget(id)
    expect(await run(own, id, 'application')).toMatchObject({ state: 'applied' })
    expect(await inRegister(400)).toBe(1)
    clerk = keeper
  })

  test('a half-way import can be undone by somebody else, and nothing of it remains', async () => {
    const { id } = await checked(file(500))
    await run(clerk, id, 'application', 2)
    expect((await see(id)).can['undo']).toMatchObject({ code: 'import.own_undo' })
    expect(await run(head, id, 'undo', Infinity, { reason: '不再需要' })).toMatchObject({ state: 'undone' })
    expect(await inRegister(500)).toBe(0)
  })

  test('what somebody changes while the import is under way is left out, and said', async () => {
    await run(clerk, (await checked(file(600))).id, 'application')
    const { id } = await checked(file(600, '青石县另名店'))
    await run(clerk, id, 'application', 1)
    const last = await app.database.read((reader) =>
      reader
        .selectFrom('registers.subject')
        .select(['id', 'version'])
        .where('code', '=', code(600 + ROWS - 1))
        .executeTakeFirstOrThrow(),
    )
    const edited = await head.client.patch(`/subjects/${last.id}`, last.version, {
      legalRepresentative: '某甲',
    })
    expect(edited.status).toBe(200)
    expect(await run(clerk, id, 'application')).toMatchObject({
      state: 'applied',
      counts: { renamed: ROWS - 1, conflict: 1 },
    })
    const [left] = await rowsOf(clerk.client, id, 'conflict')
    expect(left).toMatchObject({
      code: code(600 + ROWS - 1),
      reasons: [{ code: 'changed_meanwhile' }],
    })
  })
})
