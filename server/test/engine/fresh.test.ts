import { expect, test } from 'vitest'
import { freshDatabase, onEachEngine, type Template } from '../support/engines.ts'

const template: Template = {
  key: 'create table office (name text)',
  prepare: async ({ pool }) => {
    await pool.query(`create table office (name text); insert into office values ('青石县')`)
  },
}

onEachEngine((kind) => {
  test('a fresh database holds the template and nothing that another test wrote', async () => {
    for (let round = 0; round < 2; round++) {
      const engine = await freshDatabase(kind, template)
      await engine.pool.query(`insert into office values ('另一处')`)
      expect((await engine.pool.query('select count(*) from office')).rows).toEqual([{ count: 2 }])
      await engine.close()
    }
  })
})
