// Lists that offices really have, read where they are; nothing of them is copied here.

import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { csvText, openTable } from '@sunlot/sheets'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadDivisions } from '../../src/agencies/index.ts'
import { LAW, startApp, type TestApp } from '../support/app.ts'
import { onPostgres } from '../support/engines.ts'
import { type GivenPerson, giveAuthority, givePerson } from '../support/people.ts'
import { bring, bringAndCheck, rowsOf, seen, step, withJobs } from './imports-kit.ts'

const DATA = join(import.meta.dirname, '../../../../shared/data')
const at = (path: string): string => join(DATA, path)

describe.skipIf(!existsSync(DATA))('real files', () => {
  let app: TestApp
  let clerk: GivenPerson

  beforeAll(async () => {
    app = await withJobs(await startApp('pglite'))
    clerk = await givePerson(app, { roles: ['clerk'] })
  })
  afterAll(() => app.close())

  const check = (path: string, mapping: object = {}) =>
    bringAndCheck(clerk.client, readFileSync(at(path)), { fileName: basename(path), mapping })

  test('of a list with 38 garbled rows exactly those are rejected', async () => {
    const list = await check('02-register-messy/csv-mojibake-shifted/上海.csv')
    expect(list.counts).toMatchObject({ rows: 4356, rejected: 38 })
    const { rows, rejected, ...rest } = list.counts
    expect(rejected! + (rest['new'] ?? 0) + (rest['duplicate'] ?? 0)).toBe(rows)
    const rejectedRows = await rowsOf(clerk.client, list.id, 'rejected')
    expect(rejectedRows.every(({ row }) => row >= 4319)).toBe(true)
  })

  test.each([
    ['02-register-messy/csv-crlf-nul/1998-湖北.csv', 2159],
    ['02-register-messy/xls-biff8/1985-浙江.xls', 583],
    ['02-register-messy/2000-江苏-458-old-15-digit-regnos.csv', 10_094],
    ['11-encodings/dev/2019-浙江.gb18030.crlf.csv', 4536],
    ['11-encodings/dev/2019-贵州.utf16le-bom.tab.txt', 4401],
  ])('every row of %s becomes something', async (path, rows) => {
    const list = await check(path)
    expect(list.failure).toBeNull()
    const { rows: counted, reclassified: _, ...became } = list.counts
    expect(counted).toBe(rows)
    expect(Object.values(became).reduce((sum, n) => sum + n, 0)).toBe(rows)
  })

  test('a template whose sheet is 16,384 columns wide costs what its three rows deserve', async () => {
    const from = Date.now()
    const brought = await bring(
      clerk.client,
      readFileSync(at('03-shuangsuiji-zhejiang/import-templates/randomscagent.xls')),
      {
        register: 'inspector',
        fileName: 'randomscagent.xls',
      },
    )
    expect(brought.status, brought.text).toBe(201)
    expect(seen(brought.body).sheet.header.length).toBeLessThan(50)
    // Not a timing: a sheet that is walked cell by cell takes minutes.
    expect(Date.now() - from).toBeLessThan(20_000)
  })
})

const REGISTER = at('01-register-cn/dev/register-dev-10-provinces.csv.xz')
const LISTS = at('03-shuangsuiji-zhejiang/draw-lists')
const PROVINCE = '330000'

// What was drawn there, against a register of that province of some years later.
describe.skipIf(!existsSync(REGISTER) || spawnSync('xz', ['--version']).status !== 0)(
  'drawn subjects',
  () => {
    onPostgres(() => {
      let app: TestApp
      let clerk: GivenPerson
      let register: Table
      let entered: number
      let lists: ReadonlyMap<string, Table>

      beforeAll(async () => {
        app = await withJobs(await startApp('postgres'))
        await loadDivisions(app, LAW.divisions.values())
        const authority = await giveAuthority(app, { division: PROVINCE, name: '示例省局' })
        clerk = await givePerson(app, { roles: ['clerk'], division: PROVINCE, authority })
        lists = new Map(await Promise.all(['check01', 'check02', 'check04'].map(readList)))
        register = await readRegister(codesOf([...lists.values()]))
        const whole = csvText(register.header, register.rows)
        const brought = await bringAndCheck(clerk.client, whole, { mapping: { division: 'resolve' } })
        entered = brought.counts['new'] ?? 0
        expect(entered + (brought.counts['rejected'] ?? 0)).toBe(register.rows.length)
        expect(await step(clerk.client, brought.id, 'application')).toMatchObject({ state: 'applied' })
      }, 300_000)
      afterAll(() => app?.close())

      test.each(['check01', 'check02', 'check04'])(
        '%s: the same, the renamed and the unknown',
        async (name) => {
          const list = await bringAndCheck(clerk.client, readFileSync(join(LISTS, `${name}.xlsx`)), {
            fileName: `${name}.xlsx`,
            mode: 'reconcile',
            mapping: { columns: { code: CODE, name: NAME }, division: 'resolve' },
          })
          const expected = compared(register, lists.get(name)!)
          const { rows, same = 0, renamed = 0, new: unknown = 0, gone, ...others } = list.counts
          expect({ rows, same, renamed, unknown }).toEqual(expected)
          expect(others).toEqual({ reclassified: 0 })
          expect(gone).toBe(entered - same - renamed)
          const named = async (result: string) => (await rowsOf(clerk.client, list.id, result)).length
          expect([await named('same'), await named('renamed'), await named('new')]).toEqual([
            same,
            renamed,
            unknown,
          ])
          expect(list.can['apply']).toMatchObject({ code: 'import.only_compared' })
        },
      )
    })
  },
)

interface Table {
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

// The first two columns of both.
const NAME = 0
const CODE = 1
const OTHERS = 5_000

const spelt = (text: string | undefined): string => (text ?? '').normalize('NFC').trim()
const codesOf = (tables: readonly Table[]): ReadonlySet<string> =>
  new Set(tables.flatMap(({ rows }) => rows.map((row) => spelt(row[CODE]))))

async function readList(name: string): Promise<readonly [string, Table]> {
  const table = await openTable(join(LISTS, `${name}.xlsx`))
  const all: (readonly string[])[] = []
  for await (const batch of table.rows()) all.push(...batch.rows.map(({ cells }) => [...cells]))
  return [name, { header: table.header, rows: all }]
}

/** Of the province's part of the register: whoever is on a list, and some thousands of others. Each code once. */
async function readRegister(listed: ReadonlySet<string>): Promise<Table> {
  const folder = mkdtempSync(join(tmpdir(), 'sunlot-register-'))
  try {
    const path = join(folder, 'register.csv')
    spawnSync('xz', ['-dc', REGISTER], { stdio: ['ignore', openSync(path, 'w'), 'inherit'] })
    const table = await openTable(path)
    const province = table.header.indexOf('所在省份')
    const listedRows = new Map<string, readonly string[]>()
    const others = new Map<string, readonly string[]>()
    for await (const batch of table.rows())
      for (const { cells } of batch.rows) {
        const code = spelt(cells[CODE])
        if (cells[province] !== '浙江' || !/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(code)) continue
        if (listed.has(code)) listedRows.set(code, listedRows.get(code) ?? [...cells])
        else if (others.size < OTHERS) others.set(code, others.get(code) ?? [...cells])
      }
    return { header: table.header, rows: [...listedRows.values(), ...others.values()] }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What a comparison by hand gives: by code alone, then by name. */
function compared(register: Table, list: Table) {
  const names = new Map(register.rows.map((row) => [spelt(row[CODE]), spelt(row[NAME])]))
  const count = { rows: list.rows.length, same: 0, renamed: 0, unknown: 0 }
  for (const row of list.rows) {
    const name = names.get(spelt(row[CODE]))
    count[name === undefined ? 'unknown' : name === spelt(row[NAME]) ? 'same' : 'renamed']++
  }
  return count
}
