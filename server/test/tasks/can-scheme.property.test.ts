// What a scheme says that somebody can do is what he can do, and what it refuses is refused with the same code: asked over
// HTTP, by six people of three authorities, while its task is sent out, called back, agreed and cancelled under it.

import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Answer, type Client, startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { matching } from '../plans/plans-kit.ts'
import { act, answer, consultationCast, type ConsultationCast, giveConsulting } from './consultation-kit.ts'

const SOAK = process.env['SOAK'] !== undefined
const SEQUENCES = SOAK ? 300 : 8
const LONGEST = 20

const PEOPLE = [
  'lead.clerk',
  'lead.head',
  'lead.clerk2',
  'other.clerk',
  'other.head',
  'third.reader',
] as const
const VERBS = ['generate', 'edit', 'publish', 'revise'] as const
type Verb = (typeof VERBS)[number]

// What a scheme needs to get anywhere: chance alone seldom writes and publishes.
const NEEDED = [
  { who: 'lead.clerk', verb: 'generate' },
  { who: 'lead.clerk', verb: 'edit' },
  { who: 'lead.head', verb: 'publish' },
  { who: 'lead.clerk', verb: 'revise' },
] as const
const onScheme = fc.record({ who: fc.constantFrom(...PEOPLE), verb: fc.constantFrom(...VERBS) })
/** What happens to the task under it; an end comes seldom. */
const onTask = fc.record({
  task: fc.constantFrom('agree', 'agree', 'agree', 'recall', 'dispatch', 'dispatch', 'cancel'),
})
const step = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...NEEDED) },
  { weight: 4, arbitrary: onScheme },
  { weight: 2, arbitrary: onTask },
)

interface Said {
  readonly id: string
  readonly version: number
  readonly can: Readonly<Record<Verb, { readonly code: string } | null>>
}

onEachEngine((kind) => {
  let app: TestApp
  let cast: ConsultationCast
  beforeAll(async () => {
    app = await startApp(kind)
    cast = await consultationCast(app)
  })
  afterAll(() => app.close())

  const clientOf = (who: string): Client => {
    const [authority, role] = who.split('.') as ['lead' | 'other' | 'third', 'clerk' | 'head' | 'clerk2']
    return cast[authority][role].client
  }

  it('holds for any sequence', { timeout: SOAK ? 3_600_000 : 240_000 }, async () => {
    const outcomes = { done: 0, refused: 0, unseen: 0 }
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: LONGEST, maxLength: LONGEST }), async (sequence) => {
        const task = await giveConsulting(cast)
        for (const one of sequence)
          if ('task' in one) await moveTask(task, one.task)
          else outcomes[await tryOne(task, one.who, one.verb)] += 1
      }),
      { numRuns: SEQUENCES, seed: 11, endOnFailure: true },
    )
    // Both were met often enough to mean something.
    expect(Math.min(outcomes.done, outcomes.refused), JSON.stringify(outcomes)).toBeGreaterThan(SEQUENCES)
  })

  /** Whatever comes of it: what a task can is held elsewhere. */
  async function moveTask(task: string, how: string): Promise<void> {
    if (how === 'dispatch') await act(cast.lead.head.client, task, 'dispatch', { replyBy: '2026-11-30' })
    else if (how === 'recall') await cast.lead.head.client.post(`/tasks/${task}/recall`)
    else if (how === 'cancel')
      await cast.lead.head.client.post(`/tasks/${task}/cancellation`, { reason: '示例：计划有变' })
    else {
      const { body } = await cast.lead.clerk.client.get(`/tasks/${task}`)
      if (body['state'] !== 'consulting') return
      for (const by of [cast.other, cast.third]) await answer(cast, by, task)
    }
  }

  async function tryOne(task: string, who: string, verb: Verb): Promise<'done' | 'refused' | 'unseen'> {
    const client = clientOf(who)
    const list = await client.get(`/tasks/${task}/schemes`)
    if (list.status !== 200) {
      expect([403, 404], list.text).toContain(list.status)
      const blind = await post(client, task, verb === 'revise' ? 'revise' : 'generate')
      expect([403, 404], `${who} ${verb}: ${blind.text}`).toContain(blind.status)
      return 'unseen'
    }
    const { items, can } = list.body as unknown as {
      readonly items: readonly Said[]
      readonly can: Said['can']
    }
    if (verb === 'generate' || verb === 'revise')
      return agrees({ who, verb }, can[verb], await post(client, task, verb))
    const [newest] = items
    if (!newest) return 'unseen'
    const shown = (await client.get(`/schemes/${newest.id}`)).body as unknown as Said
    // The list and the page say the same of what concerns both.
    expect([shown.can.generate, shown.can.revise]).toEqual([can.generate, can.revise])
    const one =
      verb === 'edit'
        ? client.patch(`/schemes/${shown.id}`, shown.version, {
            sections: [{ code: 'TIME', text: '另行通知。' }],
          })
        : client.post(`/schemes/${shown.id}/publication`, { channel: 'WEBSITE' }, matching(shown.version))
    return agrees({ who, verb }, shown.can[verb], await one)
  }

  function post(client: Client, task: string, verb: 'generate' | 'revise'): Promise<Answer> {
    return client.post(`/tasks/${task}/schemes${verb === 'revise' ? '/revision' : ''}`)
  }

  function agrees(one: object, said: { readonly code: string } | null, came: Answer): 'done' | 'refused' {
    const code = came.status < 300 ? null : String(came.body['code'])
    expect({ ...one, said: said?.code ?? null }, came.text).toEqual({ ...one, said: code })
    return code === null ? 'done' : 'refused'
  }
})
