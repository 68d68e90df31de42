// Lists that offices really have, read where they are; nothing of them is copied here.

import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startApp, type TestApp } from '../support/app.ts'
import { type GivenPerson, givePerson } from '../support/people.ts'
import { bring, bringAndCheck, rowsOf, seen, withJobs } from './imports-kit.ts'

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
