import Fastify from 'fastify'
import { expect, it } from 'vitest'
import { guard, type WhyReadOnly } from '../../src/operations/guard.ts'

function server(whyReadOnly: () => WhyReadOnly | undefined, work: Promise<unknown> = Promise.resolve()) {
  const made = Fastify()
  guard(made, { whyReadOnly, most: 2 })
  made.setErrorHandler((error, _request, reply) =>
    reply.status((error as { status?: number }).status ?? 500).send({ code: (error as Error).message }),
  )
  for (const method of ['GET', 'POST'] as const)
    for (const url of ['/api/v1/things', '/api/v1/session', '/healthz'])
      made.route({ method, url, handler: async () => work.then(() => 'done') })
  return made
}

it('tells the third of two to come again, and serves it when there is room', async () => {
  let release: () => void = () => undefined
  const made = server(() => undefined, new Promise<void>((resolve) => (release = resolve)))
  const inside = [made.inject('/api/v1/things'), made.inject('/api/v1/things')]
  await new Promise((go) => setTimeout(go, 20))
  const third = await made.inject('/api/v1/things')
  expect([third.statusCode, third.headers['retry-after']]).toEqual([503, '1'])
  release()
  expect((await Promise.all(inside)).map(({ statusCode }) => statusCode)).toEqual([200, 200])
  expect((await made.inject('/healthz')).statusCode).toBe(200)
  expect((await made.inject('/api/v1/things')).statusCode).toBe(200)
})

it.each([
  ['low_disk', [200, 507, 200]],
  ['log_rolled_back', [200, 503, 503]],
] as const)(
  'while it is %s, takes reads, no writes, and sign-in only where that is harmless',
  async (why, expected) => {
    const made = server(() => why)
    const answers = await Promise.all([
      made.inject('/api/v1/things'),
      made.inject({ method: 'POST', url: '/api/v1/things' }),
      made.inject({ method: 'POST', url: '/api/v1/session' }),
    ])
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(expected)
  },
)
