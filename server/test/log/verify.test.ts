import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  committedManifest,
  exitCodeOf,
  grantsManifest,
  linesOf,
  verifyAgainstDatabase,
  verifyConsistency,
  verifyGrants,
  verifyLog,
  verifyReceipt,
  verifyState,
} from '../../src/platform/log/verify/index.ts'
import en from '../../../words/en/log.json' with { type: 'json' }
import zh from '../../../words/zh-CN/log.json' with { type: 'json' }
import { signedNote } from '../../src/platform/log/signer.ts'
import { onEachEngine } from '../support/engines.ts'
import { act, fillCounty } from './county-acts.ts'
import { type LogDatabase, openLog } from './database-kit.ts'
import { logSigner, ORIGIN, SOAK } from './kit.ts'
import { KnownLog, LOG } from './witness-kit.ts'

const policy = { log: LOG, witnesses: [], quorum: 0 }

onEachEngine((kind) => {
  const county = async (): Promise<
    LogDatabase & {
      readonly parts: { sql: LogDatabase['sql']; policy: typeof policy; folder: LogDatabase['folder'] }
    }
  > => {
    const log = await openLog(kind)
    await fillCounty(log.sql)
    await log.sequencer().pass()
    return { ...log, parts: { sql: log.sql, policy, folder: log.folder } }
  }
  const codes = (report: { readonly faults: readonly { readonly code: string }[] }): string[] => [
    ...new Set(report.faults.map(({ code }) => code)),
  ]

  describe('sunlot verify', () => {
    it('finds nothing where nothing is wrong, and says what it looked at', async () => {
      const { parts, sql, sequencer } = await county()
      const log = await verifyLog(parts)
      expect(log).toMatchObject({ kind: 'log', holds: true, faults: [] })
      expect(log.checked['leaves']).toBeGreaterThan(10)
      const state = await verifyState(parts)
      expect(state).toMatchObject({ kind: 'state', holds: true, faults: [] })
      expect(state.checked['changes']).toBeGreaterThan(120)
      expect(exitCodeOf(state)).toBe(0)
      // Acts that have no place in the tree yet are no fault either.
      await act(
        sql,
        'person.edit',
        async (tx) => void (await tx.query(`update agencies.person set post = '主任'`)),
      )
      expect((await verifyLog(parts)).faults).toEqual([])
      expect((await verifyState(parts)).faults).toEqual([])
      await sequencer().pass()
      expect((await verifyLog(parts)).faults).toEqual([])
    })

    it(`A17: finds each single-cell edit of a superuser in a business row or in the trail`, async () => {
      const { parts, migrated, attack } = await county()
      const cells = (await migrated.superuser.query(EDITABLE)).rows as Cell[]
      let found = 0
      const wanted = SOAK ? 1000 : 50
      for (let n = 0; found < wanted; n++) {
        const cell = cells[(n * 7 + 3) % cells.length]!
        const undo = await edit(migrated.superuser, attack, cell, n)
        if (!undo) continue
        const report = await verifyState(parts)
        expect({ cell, holds: report.holds }).toEqual({ cell, holds: false })
        await undo()
        found++
        if (n % 10 === 0) expect((await verifyState(parts)).faults).toEqual([])
      }
      expect((await verifyState(parts)).faults).toEqual([])
    })

    it('A17: finds rows that were deleted or added around the application, in business tables and in the trail', async () => {
      const { parts, attack } = await county()
      const one = `(select id from agencies.person where staff_number = 'S9')`
      await attack(`delete from accounts.identity`, `delete from agencies.person where id = ${one}`)
      expect(codes(await verifyState(parts))).toEqual(['row_missing'])
      // … and with its changes too.
      await attack(`delete from audit.change where table_name = 'agencies.person' and after like '%"S9"%'`)
      expect(codes(await verifyState(parts))).toContain('changes_differ')
      await attack(
        `insert into agencies.person (id, authority_id, name) select '${randomUUID()}', authority_id, '影子' from agencies.person limit 1`,
      )
      expect(codes(await verifyState(parts))).toContain('row_without_change')
      await attack(
        `insert into audit.event select '${randomUUID()}', xid, transaction_began, at, action, outcome, actor_kind, actor_id, authority_id, object_type, object_id, purpose, refusal_code, request_id, session_id, salt from audit.event limit 1`,
      )
      expect(codes(await verifyState(parts))).toContain('event_without_leaf')
      await attack(`delete from audit.event where action = 'person.edit'`)
      expect(codes(await verifyState(parts))).toEqual(
        expect.arrayContaining(['event_missing', 'change_without_event']),
      )
    })

    it('A17: finds a row whose change was rewritten to fit, and a leaf that was rewritten to fit that', async () => {
      const { parts, attack } = await county()
      await attack(
        `update agencies.authority set short_name = '市场局'`,
        `update audit.change set after = (select to_jsonb(a)::text from agencies.authority a) where table_name = 'agencies.authority'`,
      )
      expect(codes(await verifyState(parts))).toEqual(['change_altered'])
      await attack(`update log.leaf l set body = regexp_replace(l.body, '"payload":"[0-9a-f]+"', '"payload":"' ||
        encode(audit.row_hash(c.salt, c.after), 'hex') || '"') from audit.change c where c.leaf_id = l.id and c.table_name = 'agencies.authority'`)
      expect((await verifyState(parts)).holds).toBe(true)
      expect(codes(await verifyLog(parts))).toEqual(
        expect.arrayContaining(['leaf_altered', 'tile_differs', 'checkpoint_differs']),
      )
      await attack(`update log.leaf set hash = sha256('\\x00'::bytea || convert_to(body, 'UTF8'))`)
      expect(codes(await verifyLog(parts))).toEqual(expect.arrayContaining(['checkpoint_differs']))
    })

    it('finds a log that was cut, reordered or signed by somebody else, and tiles that were touched', async () => {
      const { parts, attack, folder } = await county()
      const tile = (name: string): string => join(folder.folder, 'tile', name)
      const [partial] = readdirSync(tile('0/000.p')).slice(-1)
      const bytes = readFileSync(tile(`0/000.p/${partial}`))
      writeFileSync(
        tile(`0/000.p/${partial}`),
        bytes.map((byte, i) => (i === 40 ? byte ^ 1 : byte)),
      )
      expect(codes(await verifyLog(parts))).toEqual(['tile_differs'])
      rmSync(tile(`0/000.p/${partial}`))
      expect(codes(await verifyLog(parts))).toEqual(['tile_missing'])
      writeFileSync(tile(`0/000.p/${partial}`), bytes)
      const stranger = { ...policy, log: { ...LOG, key: '11'.repeat(32) } }
      expect(codes(await verifyLog({ ...parts, policy: stranger }))).toEqual(['note_not_signed'])
      await attack('delete from log.sequence where leaf_index = (select max(leaf_index) from log.sequence)')
      expect(codes(await verifyLog(parts))).toEqual(['checkpoint_without_leaves'])
      await attack('update log.sequence set leaf_index = 1000 where leaf_index = 3')
      expect(codes(await verifyLog(parts))).toEqual(
        expect.arrayContaining(['sequence_gap', 'checkpoint_without_leaves']),
      )
    })

    it('compares two checkpoints, and one from outside with the database', async () => {
      const { parts, folder, sequencer, append } = await county()
      const older = (await folder.checkpoint())!
      await append(300)
      await sequencer().pass()
      const newer = (await folder.checkpoint())!
      expect(await verifyConsistency(parts, [newer, older])).toMatchObject({ holds: true, faults: [] })
      expect(await verifyAgainstDatabase(parts, older)).toMatchObject({ holds: true })
      const forged = new KnownLog(10, 77).note(10)
      expect(codes(await verifyConsistency(parts, [forged, newer]))).toEqual(['not_consistent'])
      expect(codes(await verifyAgainstDatabase(parts, forged))).toEqual(['checkpoint_unknown'])
      expect(codes(await verifyConsistency(parts, ['', newer]))).toEqual(['checkpoint_malformed'])
      const ahead = signedNote(ORIGIN, 5000, new Uint8Array(32), logSigner)
      expect(codes(await verifyConsistency(parts, [newer, ahead]))).toEqual(['tile_missing'])
      expect(codes(verifyReceipt({}, policy))).toEqual(['receipt_malformed'])
    })

    it('I15: knows every guard of the database, and which one was changed', async () => {
      const log = await openLog(kind)
      const manifest = await log.sql.transaction('sunlot_app', (tx) => grantsManifest(tx))
      expect(manifest).toBe(committedManifest())
      const faults = async (): Promise<string[]> =>
        (await verifyGrants(log, manifest)).faults.map(({ code, where }) => `${code}: ${where.slice(0, 60)}`)
      expect(await faults()).toEqual([])
      await log.attack(
        'alter table agencies.person disable trigger audit_update',
        'grant delete on audit.event to sunlot_app',
        'alter table agencies.person drop constraint person_post_check',
        `create or replace function audit.image(row_image jsonb, hidden text[]) returns text language sql as 'select row_image::text'`,
        `create or replace function audit.row_hash(salt bytea, image text) returns bytea language sql immutable return sha256(convert_to(image, 'UTF8'))`,
      )
      const found = (await faults()).join('\n')
      for (const part of [
        'agencies.person audit_update enabled=D',
        'audit.event: DELETE to sunlot_app',
        'person_post_check',
        'function audit.image',
      ])
        expect(found).toContain(part)
    })

    it('says what it found in Chinese and in English', async () => {
      const { parts, attack } = await county()
      await attack(`update agencies.person set name = '别人' where staff_number = 'S9'`)
      const report = await verifyState(parts)
      expect(exitCodeOf(report)).toBe(1)
      expect(linesOf(report, zh).at(-1)).toMatch(
        /^agencies\.person \S+：这一行被绕过系统改动过，涉及：name。$/,
      )
      expect(linesOf(report, en)[0]).toBe(
        'Verification failed: 1 records differ from the log; somebody changed them around the system.',
      )
    })
  })
})

interface Cell {
  readonly table: string
  readonly column: string
  readonly type: string
}

// Every column of every watched table and of the trail; not the identity, which no statement can set.
const EDITABLE = `
  select n.nspname || '.' || c.relname as table, a.attname as column, format_type(a.atttypid, -1) as type
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
   where a.attnum > 0 and not a.attisdropped and a.attidentity = '' and c.relkind = 'r'
     and (exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'audit_insert')
          or c.oid in ('audit.event'::regclass, 'audit.change'::regclass))
   order by 1, 2`

const CHANGED: Readonly<Record<string, (column: string) => string>> = {
  text: (column) => `coalesce(${column}, '') || 'x'`,
  uuid: () => 'gen_random_uuid()',
  integer: (column) => `coalesce(${column}, 0) + 1`,
  bigint: (column) => `coalesce(${column}, 0) + 1`,
  boolean: (column) => `not coalesce(${column}, false)`,
  date: (column) => `coalesce(${column}, '2026-01-01') + 1`,
  bytea: (column) => `${column} || '\\x00'::bytea`,
  xid8: (column) => `(${column}::text::bigint + 1)::text::xid8`,
  'timestamp with time zone': (column) => `coalesce(${column}, '2026-01-01') + interval '1 microsecond'`,
}

/** Changes one cell; gives what puts it back, or nothing where the table is empty or a constraint refuses. */
async function edit(
  superuser: LogDatabase['migrated']['superuser'],
  attack: LogDatabase['attack'],
  { table, column, type }: Cell,
  n: number,
): Promise<(() => Promise<void>) | undefined> {
  const change = CHANGED[type]
  const { rows } = await superuser.query<{ place: string; before: string | null }>(
    `select ctid::text as place, quote_nullable(${column}) as before from ${table} order by md5(ctid::text || '${n}') limit 1`,
  )
  if (!change || !rows[0]) return undefined
  const { before } = rows[0]
  const set = `update ${table} set ${column} = ${change(column)} where ctid = '${rows[0].place}'`
  const key = randomUUID()
  try {
    await attack(
      `create table if not exists public.moved (key text, place text)`,
      `with done as (${set} returning ctid) insert into public.moved select '${key}', ctid::text from done`,
    )
  } catch {
    return undefined
  }
  return () =>
    attack(
      `update ${table} set ${column} = ${before}::${type} where ctid = (select place::tid from public.moved where key = '${key}')`,
    )
}
