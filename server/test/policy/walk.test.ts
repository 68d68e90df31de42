// Every route × every role × every place, over HTTP (O2, A12). What must come is read from the committed matrix, so that
// the server agrees with the text that people review, and a record that is out of reach looks like one that is not there.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { CASES } from './cases.ts'
import { readMatrix } from './matrix.ts'
import type { RouteCase } from './route-case.ts'
import { expected, send, sendMissing, type Step, stepsOf } from './walk.ts'
import { buildWorld, type Standpoint } from './world.ts'

const MATRIX = readMatrix(readFileSync(join(import.meta.dirname, 'policy.matrix.txt'), 'utf8'))
const AT_ONCE = 6

onEachEngine((kind) => {
  let app: TestApp
  let world: readonly Standpoint[]
  beforeAll(async () => {
    app = await startApp(kind, {
      env: {
        OIDC_ISSUER: 'http://127.0.0.1:1',
        OIDC_CLIENT_ID: 'sunlot',
        OIDC_CLIENT_SECRET: 'example',
        SUNLOT_PUBLIC_URL: 'http://127.0.0.1:4000',
      },
    })
    world = await buildWorld(app)
  })
  afterAll(() => app.close())

  it('has a case for every route of the contract, and a line of the matrix', () => {
    const { paths } = app.server.swagger() as unknown as {
      readonly paths: Record<string, Record<string, Operation>>
    }
    const actions = Object.values(paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    )
    expect(actions.length).toBeGreaterThan(75)
    expect(new Set(CASES.map(({ action }) => action))).toEqual(new Set(actions))
    expect(new Set(Object.keys(MATRIX))).toEqual(new Set(actions))
  })

  describe('every role, in every place, is answered as the matrix says', () => {
    // Some ten thousand requests: each engine answers those of one standpoint, both together all.
    const name = kind === 'pglite' ? 'a county' : 'a city'
    it(`seen from ${name}`, async ({ annotate }) => {
      const standpoint = world.find((one) => one.name === name)!
      const steps = stepsOf(standpoint, CASES, MATRIX)
      const wrong: string[] = []
      await inTurn(steps, async (step) => {
        const fault = await faultOf(app, step)
        if (fault) wrong.push(`${step.actor.name} ${step.route.action} ${step.relation}: ${fault}`)
      })
      await annotate(`${steps.length} requests (route × actor × place) seen from ${name}, on ${kind}`)
      expect(wrong).toEqual([])
    })
  })
})

interface Operation {
  readonly operationId: string
}

/** What is wrong with the answer to a step; nothing where it is as it must be. */
async function faultOf(app: TestApp, step: Step): Promise<string | undefined> {
  const { route } = step
  const want = expected(MATRIX, step)
  const given = await send(app, step)
  if (want.kind === 'refused')
    return given.answer === want.answer ? undefined : `${given.answer} instead of ${want.answer}`
  if (route.about === 'list') return listFault(route, step, { given, isIn: want.kind === 'done' })
  if (want.kind === 'done')
    return route.gives.includes(given.answer)
      ? undefined
      : `${given.answer} instead of ${route.gives.join(', ')}`
  const absent = await sendMissing(app, step)
  if (given.answer !== '404 not_found') return `${given.answer} instead of 404 not_found`
  return given.body === absent.body ? undefined : `${given.body} differs from ${absent.body}`
}

function listFault(
  route: RouteCase,
  { target }: Step,
  {
    given,
    isIn,
  }: { readonly given: { readonly answer: string; readonly body: string }; readonly isIn: boolean },
): string | undefined {
  if (!route.gives.includes(given.answer)) return `${given.answer} instead of ${route.gives.join(', ')}`
  if (given.body.includes('"next"')) return 'the page is too short to tell'
  return given.body.includes(route.id!(target)!) === isIn
    ? undefined
    : isIn
      ? 'is not in the list'
      : 'is in the list'
}

/** A few at a time; what ends the sessions of others comes when nobody needs them any more. */
async function inTurn(steps: readonly Step[], does: (step: Step) => Promise<void>): Promise<void> {
  for (const last of [false, true])
    await together(
      steps.filter(({ route }) => (route.endsSession === 'all') === last),
      does,
    )
}

async function together(steps: readonly Step[], does: (step: Step) => Promise<void>): Promise<void> {
  const queue = [...steps]
  const worker = async (): Promise<void> => {
    for (let step = queue.shift(); step; step = queue.shift()) await does(step)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}
