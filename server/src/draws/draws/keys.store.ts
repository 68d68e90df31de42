import type { Reader, Writer } from '../../platform/database/database.ts'

/** The key by which an authority signs now. Asks for no reach: for the acts themselves. */
export function keyInUse(reader: Reader, authorityId: string) {
  return reader
    .selectFrom('draws.signing_key')
    .select(['public_key as publicKey', 'secret_cipher as secretCipher'])
    .where('authority_id', '=', authorityId)
    .where('retired_at', 'is', null)
    .executeTakeFirst()
}

/** Keeps a new key. */
export async function insertKey(
  writer: Writer,
  key: {
    readonly id: string
    readonly authorityId: string
    readonly publicKey: string
    readonly secretCipher: string
    readonly now: Date
  },
): Promise<void> {
  await writer
    .insertInto('draws.signing_key')
    .values({
      id: key.id,
      authority_id: key.authorityId,
      alg: 'ed25519',
      public_key: key.publicKey,
      secret_cipher: key.secretCipher,
      made_at: key.now,
    })
    .execute()
}

/** The code of an authority, given where it has none. */
export async function numberAuthority(writer: Writer, authorityId: string): Promise<string> {
  const kept = await codeOf(writer, authorityId)
  if (kept) return kept.code
  await writer
    .insertInto('draws.authority_code')
    .values({ authority_id: authorityId })
    .onConflict((conflict) => conflict.column('authority_id').doNothing())
    .execute()
  const given = await codeOf(writer, authorityId)
  if (!given) throw new Error('an authority without a code')
  return given.code
}

function codeOf(reader: Reader, authorityId: string) {
  return reader
    .selectFrom('draws.authority_code')
    .select('code')
    .where('authority_id', '=', authorityId)
    .executeTakeFirst()
}

/** What authorities are called in hashed bytes, by id; those that were given no code are left out. Public. */
export async function codesOfAuthorities(
  reader: Reader,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await reader
    .selectFrom('draws.authority_code')
    .select(['authority_id as id', 'code'])
    .where('authority_id', 'in', [...ids])
    .execute()
  return new Map(rows.map(({ id, code }) => [id, code]))
}
