// A year in one place: who does what on which day, what is expected of it, and everything that really came.

import { type Body, type Manner, Visitor } from './http.ts'
import type { Entry, Report, Side } from './judge.ts'

/** What a step expects: any success, this status, or a refusal with its code and, where the law decides, its key. */
export type Expected =
  | 'ok'
  | number
  | { readonly code: string; readonly law?: string; readonly params?: object }

/** One act of somebody. */
export interface Step extends Manner {
  readonly who: string
  readonly what: string
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'PUT'
  readonly path: string
  readonly body?: unknown
  readonly expect?: Expected
  /** The legal parameter on which the outcome rests, where the answer itself does not name it. */
  readonly law?: string
  /** Which difference between the documents this shows. */
  readonly shows?: string
}

/** Whom and what the runner knows. */
export interface Place {
  readonly division: string
  readonly name: string
  readonly document: string
}

/** The year. Time runs forwards only; every act is kept. */
export class Year {
  readonly place: Place
  readonly address: string
  readonly #people = new Map<string, Visitor>()
  readonly #entries: Entry[] = []
  #clockKeeper = ''

  constructor(address: string, place: Place) {
    this.address = address
    this.place = place
  }

  /** Somebody with an account, who signs in for the first time. */
  async welcome(username: string, password: string): Promise<void> {
    const visitor = new Visitor(this.address, username, password)
    await visitor.enrol()
    this.#people.set(username, visitor)
    this.#clockKeeper ||= username
  }

  /** What is not judged: the ground on which the year stands. Throws where the platform refuses. */
  async must(who: string, method: string, path: string, body?: unknown, manner: Manner = {}): Promise<Body> {
    const answer = await this.#of(who).ask(method, path, body, manner)
    if (answer.status < 300) return answer.body
    throw new Error(`${who} ${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
  }

  get(who: string, path: string): Promise<Body> {
    return this.must(who, 'GET', path)
  }

  /** An act that is judged. Gives what came, also where it was not as expected, so that the year goes on. */
  async step({
    who,
    what,
    method = 'POST',
    path,
    body,
    expect = 'ok',
    law,
    shows,
    ...manner
  }: Step): Promise<Body> {
    const answer = await this.#of(who).ask(method, path, body, manner)
    const asExpected = meets(answer, expect)
    const key = law ?? answer.body.law?.key
    this.#entries.push({
      on: await this.today(),
      who,
      what,
      expected: textOf(expect),
      got: answer.status < 300 ? String(answer.status) : gotOf(answer),
      asExpected,
      ...(key === undefined ? {} : { law: key, citation: await this.#citationOf(key) }),
      ...(shows === undefined ? {} : ({ difference: shows, outcome: outcomeOf(expect) } satisfies Side)),
    })
    return answer.body
  }

  /** A part of the year. Where it cannot go on, that is said among the steps, and the rest is played. */
  async part(what: string, play: () => Promise<unknown>): Promise<void> {
    try {
      await play()
    } catch (error) {
      const got = error instanceof Error ? error.message : String(error)
      this.#entries.push({
        on: await this.today(),
        who: '–',
        what,
        expected: '演练到底',
        got,
        asExpected: false,
      })
    }
  }

  /** Something looked at rather than done. */
  async see(what: string, seen: unknown, expected: unknown): Promise<void> {
    const [got, wanted] = [JSON.stringify(seen), JSON.stringify(expected)]
    const entry = { who: '–', what, expected: wanted ?? '–', got: got ?? '–', asExpected: got === wanted }
    this.#entries.push({ on: await this.today(), ...entry })
  }

  /** Runs the clock forward to a day, nine in the morning. */
  async goTo(day: string): Promise<void> {
    await this.must(this.#clockKeeper, 'POST', '/clock', { now: `${day}T09:00:00+08:00` })
  }

  async today(): Promise<string> {
    const reply = await fetch(new URL('/api/v1/system', this.address))
    const { now } = (await reply.json()) as { readonly now: string }
    return new Date(new Date(now).getTime() + CHINA_MS).toISOString().slice(0, 10)
  }

  /** With what everybody signs in, for whoever wants to look with a browser. */
  people(): readonly object[] {
    return [...this.#people.values()].map((visitor) => visitor.credentials())
  }

  report(): Report {
    const { division, name, document } = this.place
    return { division, place: name, document, entries: this.#entries }
  }

  #of(who: string): Visitor {
    const visitor = this.#people.get(who)
    if (!visitor) throw new Error(`${who} has no account in this year`)
    return visitor
  }

  async #citationOf(key: string): Promise<string> {
    const { division } = this.place
    const path = `/law/parameters/${key}?division=${division}&on=${await this.today()}`
    const { status, body } = await this.#of(this.#clockKeeper).ask('GET', path)
    const inForce = body['inForce'] as { readonly source: { readonly citation: string } } | null | undefined
    return status === 200 ? (inForce?.source.citation ?? '无规定') : `${status}`
  }
}

const CHINA_MS = 8 * 3_600_000

function meets(
  { status, body }: { readonly status: number; readonly body: Body },
  expect: Expected,
): boolean {
  if (expect === 'ok') return status < 300
  if (typeof expect === 'number') return status === expect
  const { code, law, params = {} } = expect
  const isSame = Object.entries(params).every(([name, value]) => body.params?.[name] === value)
  return body.code === code && (law === undefined || body.law?.key === law) && isSame
}

function outcomeOf(expect: Expected): Side['outcome'] {
  return expect === 'ok' || (typeof expect === 'number' && expect < 300) ? 'accepted' : 'refused'
}

function textOf(expect: Expected): string {
  if (typeof expect !== 'object') return expect === 'ok' ? '通过' : String(expect)
  return [expect.code, expect.law, expect.params && JSON.stringify(expect.params)].filter(Boolean).join(' ')
}

function gotOf({ status, body }: { readonly status: number; readonly body: Body }): string {
  const { code = '', params, law } = body
  const errors = body['errors'] === undefined ? '' : JSON.stringify(body['errors']).slice(0, 300)
  return [status, code, law?.key, JSON.stringify(params), errors].filter(Boolean).join(' ')
}
