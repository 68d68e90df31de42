import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestApp, startApp } from '../support/app.ts'
import { Browser } from '../support/browser.ts'
import { onEachEngine } from '../support/engines.ts'
import { givePerson, type GivenPerson } from '../support/people.ts'

const PAIRS = process.env['SOAK'] === '1' ? 400 : 40
const ROUNDS = 3
const DAY_MS = 86_400_000

onEachEngine((kind) => {
  let app: TestApp
  let person: GivenPerson
  beforeAll(async () => {
    app = await startApp(kind)
    person = await givePerson(app, { roles: ['clerk'] })
  })
  afterAll(() => app.close())

  async function time(username: string, password: string): Promise<number> {
    // No bucket is ever empty.
    app.clock.advance(DAY_MS)
    const began = performance.now()
    const { status } = await new Browser(app).post('/session', { username, password, code: '000000' })
    const took = performance.now() - began
    expect(status).toBe(401)
    return took
  }

  /** Medians of both, taken in turns, so that whatever else the machine does falls on both. */
  async function medians(one: () => Promise<number>, other: () => Promise<number>) {
    const times: [number[], number[]] = [[], []]
    for (let n = 0; n < PAIRS; n++) {
      times[0].push(await one())
      times[1].push(await other())
    }
    return times.map((all) => all.toSorted((a, b) => a - b)[Math.floor(PAIRS / 2)] ?? 0)
  }

  /** The least difference of a few rounds: a busy machine makes one, a leak makes all of them. */
  async function difference(one: () => Promise<number>, other: () => Promise<number>): Promise<number> {
    let least = Number.POSITIVE_INFINITY
    for (let round = 0; round < ROUNDS && least >= 5; round++) {
      const [a = 0, b = 0] = await medians(one, other)
      least = Math.min(least, Math.abs(a - b))
    }
    return least
  }

  it('takes the same time for a name that somebody has and for one that nobody has', async () => {
    await time('warm.up', 'x')
    const ms = await difference(
      () => time(person.username, 'a wrong password'),
      () => time('nobody.at.all', 'a wrong password'),
    )
    expect(ms).toBeLessThan(5)
  })

  it('takes the same time for a wrong password and for a wrong code', async () => {
    const ms = await difference(
      () => time(person.username, person.password),
      () => time(person.username, 'a wrong password'),
    )
    expect(ms).toBeLessThan(5)
  })
})
