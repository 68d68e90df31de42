// What a plan, an amendment and a filing say that somebody can do is what he can do, and what they refuse is refused with
// the same code: asked over HTTP, by people of three authorities, in whatever order they try.

import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { catalogueCast, type CatalogueCast, giveConference, giveItem } from '../registers/catalogue-kit.ts'
import { type Answer, type Client, startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { givePerson } from '../support/people.ts'
import { approve, giveLine, givePlan, lineBody, propose } from './plans-kit.ts'

const SOAK = process.env['SOAK'] !== undefined
const SEQUENCES = SOAK ? 400 : 8
const LONGEST = 25
const NINGAN = '231084'

// `both` may write and decide: what he wrote is not his to decide on.
const PEOPLE = ['clerk', 'leader', 'both', 'office', 'oversight'] as const
type Who = (typeof PEOPLE)[number]

const OF_PLAN = [
  'edit',
  'propose',
  'withdraw',
  'return',
  'approve',
  'publish',
  'close',
  'discard',
  'amend',
  'submit',
  'file',
  'fileElsewhere',
  'spoil',
  'mend',
] as const
const OF_AMENDMENT = ['edit', 'propose', 'withdraw', 'reject', 'approve', 'spoil'] as const
const OF_FILING = ['receive', 'return', 'withdraw'] as const

type Command =
  | { readonly of: 'plan'; readonly who: Who; readonly verb: (typeof OF_PLAN)[number] }
  | { readonly of: 'amendment'; readonly who: Who; readonly verb: (typeof OF_AMENDMENT)[number] }
  | { readonly of: 'filing'; readonly who: Who; readonly verb: (typeof OF_FILING)[number] }

// What brings a plan anywhere: without these, chance alone hardly ever reaches a publication.
const NEEDED: readonly Command[] = [
  { of: 'plan', who: 'clerk', verb: 'mend' },
  { of: 'plan', who: 'clerk', verb: 'propose' },
  { of: 'plan', who: 'leader', verb: 'approve' },
  { of: 'plan', who: 'leader', verb: 'publish' },
  { of: 'plan', who: 'clerk', verb: 'file' },
  { of: 'plan', who: 'clerk', verb: 'amend' },
  { of: 'amendment', who: 'clerk', verb: 'propose' },
  { of: 'amendment', who: 'both', verb: 'approve' },
  { of: 'filing', who: 'oversight', verb: 'receive' },
]
const who = fc.constantFrom(...PEOPLE)
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...NEEDED) },
  {
    weight: 2,
    arbitrary: fc.record({
      of: fc.constant('plan' as const),
      who,
      // An end comes seldom, so that sequences go on.
      verb: fc.constantFrom(...OF_PLAN.filter((verb) => verb !== 'discard'), ...OF_PLAN),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      of: fc.constant('amendment' as const),
      who,
      verb: fc.constantFrom(...OF_AMENDMENT),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ of: fc.constant('filing' as const), who, verb: fc.constantFrom(...OF_FILING) }),
  },
)

type Said = { readonly code: string } | null
interface Shown {
  readonly id: string
  readonly version: number
  readonly can: Readonly<Record<string, Said>>
}
interface ShownPlan extends Shown {
  readonly filedWith: readonly { readonly body: string; readonly can: { readonly file: Said } }[]
}
type Outcome = 'done' | 'refused' | 'unseen'

onEachEngine((kind) => {
  let app: TestApp
  let casts: readonly CatalogueCast[]
  let clients: (cast: CatalogueCast) => Readonly<Record<Who, Client>>
  const items = new Map<CatalogueCast, string>()
  beforeAll(async () => {
    app = await startApp(kind)
    const office = await catalogueCast(app, { division: NINGAN, name: '宁安市市场监督管理局' })
    const oversight = await catalogueCast(app, { division: NINGAN, name: '宁安市司法局' })
    casts = [
      await catalogueCast(app, { division: NINGAN, name: '宁安市应急管理局' }),
      await catalogueCast(app, { division: NINGAN, name: '宁安市文化和旅游局' }),
    ]
    await giveConference(app, { division: NINGAN, office: office.authority, oversight: oversight.authority })
    const both = new Map<CatalogueCast, Client>()
    for (const cast of casts) {
      const roles = ['clerk', 'leaderInCharge'] as const
      both.set(cast, (await givePerson(app, { authority: cast.authority, roles: [...roles] })).client)
      items.set(cast, await giveItem(cast))
    }
    clients = (cast) => ({
      clerk: cast.clerk.client,
      leader: cast.leader.client,
      both: both.get(cast)!,
      office: office.clerk.client,
      oversight: oversight.oversight.client,
    })
  })
  afterAll(() => app.close())

  it('holds for any sequence', { timeout: SOAK ? 7_200_000 : 300_000 }, async () => {
    const outcomes: Record<Outcome, number> = { done: 0, refused: 0, unseen: 0 }
    let round = 0
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: LONGEST, maxLength: LONGEST }), async (sequence) => {
        round += 1
        const given = await giveDraft(round)
        for (const one of sequence) outcomes[await tryOne(given, one)] += 1
      }),
      { numRuns: SEQUENCES, seed: 11, endOnFailure: true },
    )
    // Both were met often enough to mean something.
    expect(Math.min(outcomes.done, outcomes.refused), JSON.stringify(outcomes)).toBeGreaterThan(SEQUENCES)
  })

  interface Given {
    readonly plan: string
    readonly line: string
    readonly people: Readonly<Record<Who, Client>>
  }

  /** A draft with a line, of an authority, year and field that have none yet. */
  async function giveDraft(round: number): Promise<Given> {
    const cast = casts[round % 2]!
    const year = 2030 + (Math.floor(round / 4) % 160)
    const field = round % 4 < 2 ? 'market' : 'all'
    const plan = await givePlan(cast.clerk.client, cast.authority, { year, field })
    const days = { startsOn: `${year}-03-01`, endsOn: `${year}-11-30` }
    const parts = [{ authorityId: cast.authority, itemIds: [items.get(cast)!] }]
    const line = await giveLine(
      cast.clerk.client,
      plan,
      lineBody(cast.authority, NINGAN, { ...days, parts, ratio: 450 }),
    )
    return { plan, line, people: clients(cast) }
  }

  async function tryOne(given: Given, one: Command): Promise<Outcome> {
    const client = given.people[one.who]
    const seen = await client.get(`/plans/${given.plan}`)
    expect([200, 404]).toContain(seen.status)
    if (seen.status === 404) return 'unseen'
    const plan = seen.body as unknown as ShownPlan
    if (one.of === 'plan') return tryPlan(given, plan, one)
    if (one.of === 'amendment') return tryAmendment(given, client, one)
    return tryFiling(given, client, one)
  }

  async function tryPlan(
    { line, people }: Given,
    plan: ShownPlan,
    one: Command & { readonly of: 'plan' },
  ): Promise<Outcome> {
    const client = people[one.who]
    const path = `/plans/${plan.id}`
    const post = (act: string, body?: object) => client.post(`${path}/${act}`, body)
    const reason = { reason: '示例：另行安排' }
    switch (one.verb) {
      case 'edit':
        return agrees(one, plan.can['edit'], await client.patch(path, plan.version, { title: '改过的计划' }))
      case 'propose':
        return agrees(one, plan.can['propose'], await propose(client, plan.id))
      case 'approve':
        return agrees(one, plan.can['approve'], await approve(client, plan.id))
      case 'withdraw':
        return agrees(one, plan.can['withdraw'], await post('withdrawal'))
      case 'return':
        return agrees(one, plan.can['return'], await post('return', reason))
      case 'publish':
        return agrees(one, plan.can['publish'], await post('publication', { publishedIn: '市政府网站' }))
      case 'close':
        return agrees(one, plan.can['close'], await post('closure'))
      case 'discard':
        return agrees(one, plan.can['discard'], await post('discarding', reason))
      case 'amend':
        return agrees(one, plan.can['amend'], await post('amendments', await amendment(client, line, 400)))
      case 'submit':
        return agrees(one, plan.can['submit'], await post('submission'))
      case 'file':
      case 'fileElsewhere': {
        const open = plan.filedWith.some(({ can }) => can.file === null)
        expect({ ...one, can: plan.can['file'] === null }).toEqual({ ...one, can: open })
        const [first, second] = plan.filedWith
        const to = one.verb === 'file' ? first! : second!
        return agrees(one, to.can.file, await post('filings', { body: to.body }))
      }
      case 'spoil':
      case 'mend': {
        const { version, can } = (await client.get(`/plan-lines/${line}`)).body as unknown as Shown
        const ratio = one.verb === 'spoil' ? 9000 : 450
        return agrees(one, can['edit'], await client.patch(`/plan-lines/${line}`, version, { ratio }))
      }
    }
  }

  async function amendment(client: Client, line: string, ratio: number) {
    const { version } = (await client.get(`/plan-lines/${line}`)).body as unknown as Shown
    const change = { op: 'change', lineId: line, lineVersion: version, after: { ratio: ratio + version } }
    return { reasonCode: 'RISK_CHANGED', reason: '风险变化', changes: [change] }
  }

  async function tryAmendment(
    { plan, line }: Given,
    client: Client,
    one: Command & { readonly of: 'amendment' },
  ): Promise<Outcome> {
    const { items: found } = (await client.get(`/plans/${plan}/amendments`)).body as never as {
      items: readonly Shown[]
    }
    const [latest] = found
    if (!latest) return 'unseen'
    const path = `/amendments/${latest.id}`
    switch (one.verb) {
      case 'edit':
      case 'spoil': {
        const { changes } = await amendment(client, line, one.verb === 'edit' ? 410 : 9000)
        return agrees(one, latest.can['edit'], await client.patch(path, latest.version, { changes }))
      }
      case 'propose':
        return agrees(one, latest.can['propose'], await client.post(`${path}/proposal`))
      case 'withdraw':
        return agrees(one, latest.can['withdraw'], await client.post(`${path}/withdrawal`))
      case 'reject':
        return agrees(one, latest.can['reject'], await client.post(`${path}/rejection`, { reason: '不妥' }))
      case 'approve':
        return agrees(one, latest.can['approve'], await client.post(`${path}/approval`, {}))
    }
  }

  async function tryFiling(
    { plan }: Given,
    client: Client,
    one: Command & { readonly of: 'filing' },
  ): Promise<Outcome> {
    const { items: found } = (await client.get(`/filings?plan=${plan}`)).body as never as {
      items: readonly Shown[]
    }
    const [latest] = found
    if (!latest) return 'unseen'
    const path = `/filings/${latest.id}`
    const act = { receive: 'receipt', return: 'return', withdraw: 'withdrawal' }[one.verb]
    const body = one.verb === 'return' ? { reason: '请补正' } : undefined
    return agrees(one, latest.can[one.verb], await client.post(`${path}/${act}`, body))
  }

  function agrees(one: Command, said: Said | undefined, answer: Answer): Outcome {
    const came = answer.status < 300 ? null : String(answer.body['code'])
    expect({ ...one, said: said?.code ?? null }, answer.text).toEqual({ ...one, said: came })
    return came === null ? 'done' : 'refused'
  }
})
