// By which keys authorities sign, and how persons and authorities are called in hashed bytes: never by a name.

import { randomBytes } from 'node:crypto'
import { publicKeyOf, type Signature, signHash, type SigningKey } from '@sunlot/draw'
import type { Writer } from '../../platform/database/database.ts'
import type { Secrets } from '../../platform/secrets.ts'
import type { DrawTools } from '../parts.ts'
import { insertKey, keyInUse, numberAuthority } from './keys.store.ts'
import { insertSignature } from './manifests.store.ts'

type KeyParts = Pick<DrawTools, 'secrets' | 'recording' | 'clock'>

const KEY = 'draw.key'
const SECRETS = 'draw.secrets'

/** Signs a hash of a draw for an authority; the authority's key is made where it has none. */
export async function signAs(
  writer: Writer,
  parts: KeyParts,
  said: {
    readonly drawId: string
    readonly authorityId: string
    readonly tag: Signature['of']
    readonly hash: string
    readonly now: Date
  },
): Promise<void> {
  const { secret } = await keyOfAuthority(writer, parts, said.authorityId)
  const by = await authorityCode(writer, said.authorityId)
  const signature = signHash({ by, alg: 'ed25519', secret }, said.tag, said.hash)
  await insertSignature(writer, said.drawId, { ...signature, now: said.now })
}

/** By which key an authority signs; made where it has none. */
export async function publicKeyOfAuthority(
  writer: Writer,
  parts: KeyParts,
  authorityId: string,
): Promise<{ readonly alg: 'ed25519'; readonly key: string }> {
  const { key } = await keyOfAuthority(writer, parts, authorityId)
  return { alg: 'ed25519', key }
}

/** How an authority is called in hashed bytes: `d01`, `d02` …, given once. */
export function authorityCode(writer: Writer, authorityId: string): Promise<string> {
  return numberAuthority(writer, authorityId)
}

/** How a person is called in the manifests of one draw: who knows the mark of one draw knows none of another. */
export function markOf(secrets: Secrets, drawName: string, personId: string): string {
  const print = secrets.fingerprint(`${personId}\n${drawName}`, 'draw.person')
  return `p${print.toString('hex').slice(0, 24)}`
}

/** What salts the lists of a draw: of its people, and of a sealed draw both server secrets, in source order. */
export interface DrawSecrets {
  readonly people: string
  readonly sealed: readonly { readonly id: 'authority' | 'oversight'; readonly value: string }[]
}

/** New secrets, as 64 hexadecimal digits each. */
export function newSecrets(isSealed: boolean): DrawSecrets {
  const secret = () => randomBytes(32).toString('hex')
  const sealed = isSealed ? (['authority', 'oversight'] as const).map((id) => ({ id, value: secret() })) : []
  return { people: secret(), sealed }
}

/** As they are kept: each sealed one in a cipher of its own, so that each is opened alone. */
export function closeSecrets(secrets: Secrets, { people, sealed }: DrawSecrets): string {
  return JSON.stringify({
    people: secrets.encrypt(people, SECRETS),
    sealed: sealed.map(({ id, value }) => ({ id, cipher: secrets.encrypt(value, `${SECRETS} ${id}`) })),
  })
}

/** The secrets of a draw. Throws where the key file is another's. */
export function secretsOf(secrets: Secrets, cipher: string): DrawSecrets {
  const kept = JSON.parse(cipher) as {
    readonly people: string
    readonly sealed: readonly { readonly id: 'authority' | 'oversight'; readonly cipher: string }[]
  }
  return {
    people: secrets.decrypt(kept.people, SECRETS),
    sealed: kept.sealed.map(({ id, cipher: text }) => ({
      id,
      value: secrets.decrypt(text, `${SECRETS} ${id}`),
    })),
  }
}

async function keyOfAuthority(
  writer: Writer,
  { secrets, recording, clock }: KeyParts,
  authorityId: string,
): Promise<{ readonly key: string; readonly secret: string }> {
  const kept = await keyInUse(writer, authorityId)
  if (kept) return { key: kept.publicKey, secret: secrets.decrypt(kept.secretCipher, KEY) }
  const made: SigningKey = { by: '', alg: 'ed25519', secret: randomBytes(32).toString('hex') }
  const publicKey = publicKeyOf(made)
  const secretCipher = secrets.encrypt(made.secret, KEY)
  const id = recording.newId()
  await insertKey(writer, { id, authorityId, publicKey, secretCipher, now: clock.now() })
  return { key: publicKey, secret: made.secret }
}
