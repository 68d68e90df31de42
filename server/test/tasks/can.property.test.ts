// What a task says that somebody can do is what he can do, and what it refuses is refused with the same code: asked over
// HTTP, by six people of three authorities, in whatever order they try.

import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Answer, type Client, startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { matching } from '../plans/plans-kit.ts'
import {
  accept,
  consultationCast,
  type ConsultationCast,
  decline,
  giveJoint,
  poolOf,
  type Shown,
  settled,
} from './consultation-kit.ts'

const SOAK = process.env['SOAK'] !== undefined
const SEQUENCES = SOAK ? 400 : 12
const LONGEST = 25

const PEOPLE = ['lead.clerk', 'lead.head', 'other.clerk', 'other.head', 'third.clerk', 'third.head'] as const
const OF_TASK = {
  dispatch: 'dispatch',
  settle: 'settlement',
  recall: 'recall',
  conclude: 'conclusion',
  cancel: 'cancellation',
} as const
const OF_PART = ['prepare', 'accept', 'decline', 'reopen', 'release'] as const

// What a task needs to get anywhere: without these, chance alone hardly ever reaches an agreement.
const NEEDED = [
  { who: 'lead.head', verb: 'dispatch' },
  { who: 'other.clerk', verb: 'prepare', of: 'other' },
  { who: 'other.head', verb: 'accept', of: 'other' },
  { who: 'third.clerk', verb: 'prepare', of: 'third' },
  { who: 'third.head', verb: 'accept', of: 'third' },
  { who: 'third.head', verb: 'decline', of: 'third' },
] as const

const ofTask = fc.record({
  who: fc.constantFrom(...PEOPLE),
  // An end comes seldom, so that sequences go on.
  verb: fc.constantFrom(...(['dispatch', 'dispatch', 'settle', 'recall', 'conclude', 'cancel'] as const)),
})
const ofPart = fc.record({
  who: fc.constantFrom(...PEOPLE),
  verb: fc.constantFrom(...OF_PART),
  of: fc.constantFrom('other', 'third'),
})
const command = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...NEEDED) },
  { weight: 1, arbitrary: ofTask },
  { weight: 2, arbitrary: ofPart },
)
type Command = typeof command extends fc.Arbitrary<infer T> ? T : never

onEachEngine((kind) => {
  let app: TestApp
  let cast: ConsultationCast
  beforeAll(async () => {
    app = await startApp(kind)
    cast = await consultationCast(app)
  })
  afterAll(() => app.close())

  const clientOf = (who: string): Client => {
    const [authority, role] = who.split('.') as ['lead' | 'other' | 'third', 'clerk' | 'head']
    return cast[authority][role].client
  }

  it('holds for any sequence', { timeout: SOAK ? 3_600_000 : 240_000 }, async () => {
    const outcomes = { done: 0, refused: 0, unseen: 0 }
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: LONGEST, maxLength: LONGEST }), async (sequence) => {
        const id = await giveJoint(cast)
        for (const one of sequence) outcomes[await tryOne(id, one)] += 1
      }),
      { numRuns: SEQUENCES, seed: 7, endOnFailure: true },
    )
    // Both were met often enough to mean something.
    expect(Math.min(outcomes.done, outcomes.refused), JSON.stringify(outcomes)).toBeGreaterThan(SEQUENCES)
  })

  async function tryOne(id: string, one: Command): Promise<'done' | 'refused' | 'unseen'> {
    const client = clientOf(one.who)
    const seen = await client.get(`/tasks/${id}`)
    expect([200, 404]).toContain(seen.status)
    if (seen.status === 404) {
      const blind =
        'of' in one ? await client.get(`/tasks/${id}/participations`) : await ofTask(client, id, one.verb, 1)
      expect([403, 404], `${one.who} ${one.verb}: ${blind.text}`).toContain(blind.status)
      return 'unseen'
    }
    const { version, can } = seen.body as unknown as Pick<Shown, 'version' | 'can'>
    if (!('of' in one)) return agrees(one, can[one.verb], await ofTask(client, id, one.verb, version))
    const part = await partFor(client, id, one.of)
    // What is another's the lead may only prepare as far as its pool goes.
    const verb = one.verb === 'prepare' && one.who.startsWith('lead') ? 'choosePool' : one.verb
    return agrees(one, part.can[verb], await ofPart(client, id, part, { verb }))
  }

  function agrees(
    one: Command,
    said: { readonly code: string } | null | undefined,
    answer: Answer,
  ): 'done' | 'refused' {
    const came = answer.status < 300 ? null : String(answer.body['code'])
    expect({ ...one, said: said?.code ?? null }, answer.text).toEqual({ ...one, said: came })
    return came === null ? 'done' : 'refused'
  }

  async function partFor(client: Client, id: string, of: string): Promise<Shown> {
    const { body } = await client.get(`/tasks/${id}/participations`)
    const authority = cast[of as 'other'].authority
    return (body['items'] as unknown as readonly Shown[]).find(
      ({ authorityId }) => authorityId === authority,
    )!
  }

  function ofTask(client: Client, id: string, verb: keyof typeof OF_TASK, version: number): Promise<Answer> {
    const body = {
      dispatch: { replyBy: '2026-11-30' },
      cancel: { reason: '示例：计划有变' },
      settle: undefined,
      recall: undefined,
      conclude: undefined,
    }[verb]
    return client.post(`/tasks/${id}/${OF_TASK[verb]}`, body, matching(version))
  }

  function ofPart(
    client: Client,
    id: string,
    part: Shown,
    { verb }: { readonly verb: (typeof OF_PART)[number] | 'choosePool' },
  ): Promise<Answer> {
    const path = `/participations/${part.id}`
    switch (verb) {
      case 'prepare':
        return client.patch(path, part.version, settled(cast, part.authorityId))
      case 'choosePool':
        return client.patch(path, part.version, { pool: poolOf(cast, part.authorityId) })
      case 'accept':
        return accept(client, part)
      case 'decline':
        return decline(client, part)
      case 'reopen':
        return client.post(`${path}/reopening`)
      case 'release':
        return client.post(`/tasks/${id}/participations/${part.authorityId}/release`)
    }
  }
})
