// People of the fictional county 青石县, with accounts and roles, for tests that are about something else.

import { TOTP } from 'otpauth'
import { hashPassword } from '../../src/accounts/index.ts'
import { type Role, SYSTEM } from '../../src/platform/actor.ts'
import { dayOf } from '../../src/platform/clock.ts'
import type { Writer } from '../../src/platform/database/database.ts'
import { record } from '../../src/platform/record.ts'
import type { Client, TestApp } from './app.ts'

export const PROVINCE = '990000'
export const CITY = '990100'
export const COUNTY = '990101'

/** Somebody with an account, whose password and second factor a test knows. */
export interface GivenPerson {
  /** Signed in just now, acting for his own authority. */
  readonly client: Client
  readonly personId: string
  readonly accountId: string
  readonly authorityId: string
  readonly name: string
  readonly username: string
  readonly password: string
  readonly totpSecret: string
  /** The code that his phone shows now. Good once. */
  code(): string
}

/** What a test asks of a person. His authority is that of the county unless one is named. */
export interface AskedPerson {
  readonly roles?: readonly Role[]
  readonly authority?: string
  /** Where the roles reach; the authority's own division unless one is named. */
  readonly division?: string
  readonly name?: string
  readonly username?: string
  /** As an account is that nobody has signed in to: no second factor, a password that must change. */
  readonly fresh?: boolean
}

const PASSWORD = '青石县 纸上谈兵 三更灯火'
const TOTP_SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
// One hash for everybody: 30 ms for each person of a test add up.
let passwordHash: Promise<string> | undefined
let people = 0

/** Somebody in an authority, with roles in force and an account, signed in. */
export async function givePerson(app: TestApp, asked: AskedPerson = {}): Promise<GivenPerson> {
  const hash = await (passwordHash ??= hashPassword(PASSWORD))
  const authorityId = asked.authority ?? (await giveAuthority(app, { division: COUNTY }))
  const count = ++people
  const made = {
    personId: app.newId(),
    accountId: app.newId(),
    authorityId,
    name: asked.name ?? `示例${count}`,
    username: asked.username ?? `person.${count}`,
  }
  await write(app, async (writer) => {
    await writer
      .insertInto('agencies.person')
      .values({ id: made.personId, authority_id: authorityId, name: made.name })
      .execute()
    await insertAccount(app, writer, { ...made, hash, fresh: asked.fresh ?? false })
    for (const role of asked.roles ?? []) await insertGrant(app, writer, { ...made, ...asked, role })
  })
  const totp = new TOTP({ secret: TOTP_SECRET })
  return {
    ...made,
    client: await app.as(made.accountId),
    password: PASSWORD,
    totpSecret: TOTP_SECRET,
    code: () => totp.generate({ timestamp: app.clock.now().getTime() }),
  }
}

/** An authority; the one of that name in that division where there is one. Its division is made with those above it. */
export async function giveAuthority(
  app: TestApp,
  { division, name = '青石县市场监督管理局' }: { readonly division: string; readonly name?: string },
): Promise<string> {
  const there = await app.database.read((reader) =>
    reader
      .selectFrom('agencies.authority')
      .select('id')
      .where('division_code', '=', division)
      .where('name', '=', name)
      .executeTakeFirst(),
  )
  if (there) return there.id
  const id = app.newId()
  await write(app, async (writer) => {
    await insertDivisions(writer, division)
    const values = { id, division_code: division, name, short_name: name.slice(-10) }
    await writer.insertInto('agencies.authority').values(values).execute()
  })
  return id
}

/** Another role in force, for an authority. */
export function giveRole(
  app: TestApp,
  given: {
    readonly personId: string
    readonly authorityId: string
    readonly role: Role
    /** Its last day, YYYY-MM-DD; none where not given. */
    readonly until?: string
  },
): Promise<void> {
  return write(app, (writer) => insertGrant(app, writer, given))
}

function write(app: TestApp, work: (writer: Writer) => Promise<void>): Promise<void> {
  return record({ database: app.database, newId: app.newId }, SYSTEM, { action: 'test.prepare' }, work)
}

async function insertDivisions(writer: Writer, code: string): Promise<void> {
  const levels = [
    { code: PROVINCE, name: '示例省', level: 'province', parent: null },
    { code: CITY, name: '青石市', level: 'prefecture', parent: PROVINCE },
    { code: COUNTY, name: '青石县', level: 'county', parent: CITY },
    { code, name: `示例区划${code}`, level: 'county', parent: CITY },
  ]
  for (const { parent, ...division } of levels)
    await writer
      .insertInto('agencies.division')
      .values({ ...division, parent_code: parent, status: 'fictional' })
      .onConflict((conflict) => conflict.column('code').doNothing())
      .execute()
}

async function insertAccount(
  app: TestApp,
  writer: Writer,
  made: {
    readonly accountId: string
    readonly personId: string
    readonly username: string
    readonly hash: string
    readonly fresh: boolean
  },
): Promise<void> {
  const { accountId: id, personId: person_id, username, hash, fresh } = made
  await writer.insertInto('accounts.account').values({ id, person_id, username, state: 'active' }).execute()
  await writer
    .insertInto('accounts.credential')
    .values({
      account_id: id,
      password_hash: hash,
      password_set_at: app.clock.now(),
      must_change_password: fresh,
      totp_cipher: fresh ? null : app.secrets.encrypt(TOTP_SECRET, `totp ${id}`),
    })
    .execute()
}

async function insertGrant(
  app: TestApp,
  writer: Writer,
  given: {
    readonly personId: string
    readonly authorityId: string
    readonly role: Role
    readonly division?: string
    readonly until?: string
  },
): Promise<void> {
  const { division_code: own } = await writer
    .selectFrom('agencies.authority')
    .select('division_code')
    .where('id', '=', given.authorityId)
    .executeTakeFirstOrThrow()
  await writer
    .insertInto('agencies.role_grant')
    .values({
      id: app.newId(),
      person_id: given.personId,
      role: given.role,
      authority_id: given.authorityId,
      division_code: given.division ?? own,
      valid_from: dayOf(app.clock.now()),
      valid_until: given.until ?? null,
      state: 'effective',
      reason: '测试所需',
      proposed_at: app.clock.now(),
    })
    .execute()
}
