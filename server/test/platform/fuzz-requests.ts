// Requests as the contract describes them, and as somebody sends them who looks for a crack.

import fc from 'fast-check'
import type { Target } from '../policy/world.ts'
import { type Ids, type JsonSchema, JUNK, spoilt, valueOf } from './fuzz-schemas.ts'

/** An operation of the contract. */
export interface Operation {
  readonly method: string
  readonly path: string
  readonly operationId: string
  readonly parameters?: readonly {
    readonly name: string
    readonly in: string
    readonly required?: boolean
    readonly schema: JsonSchema
  }[]
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>>
  }
  readonly responses: Readonly<
    Record<
      string,
      { readonly content?: Readonly<Record<string, { readonly schema: JsonSchema } | undefined>> }
    >
  >
}

/** A request, ready to be sent. `actor` says who sends it, by a number. */
export interface FuzzRequest {
  readonly operation: Operation
  readonly actor: number
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly payload: string | Buffer | undefined
}

/** The operations of a contract. */
export function operationsOf(contract: object): readonly Operation[] {
  const { paths } = contract as { readonly paths: Record<string, Record<string, Operation>> }
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => ({ ...one, path, method: method.toUpperCase() })),
  )
}

/** Ids of a world, by the name of the field or the part of the address that they stand in. */
export function idsIn(targets: readonly Target[]): Ids {
  const kinds: readonly (readonly [RegExp, keyof Target])[] = [
    [/authorit|superior/i, 'authorityId'],
    [/unit|parent/i, 'unitId'],
    [/people|person|deputy/i, 'personId'],
    [/grant/i, 'grantId'],
    [/conference/i, 'conferenceId'],
    [/import/i, 'importId'],
    [/account/i, 'suspendedId'],
    [/session/i, 'sessionId'],
    [/entries/i, 'entryId'],
    [/event/i, 'eventId'],
    [/notification/i, 'notificationId'],
    [/job/i, 'jobId'],
    [/view/i, 'savedViewId'],
  ]
  const all = targets.flatMap((target) => Object.values(target) as string[]).filter((id) => id.length === 36)
  return (name) => {
    const kind = kinds.find(([pattern]) => pattern.test(name))?.[1]
    const found = kind ? targets.flatMap((target) => target[kind] ?? []) : []
    return found.length > 0 ? found : all
  }
}

/** Any request to any of the operations. */
export function requests(operations: readonly Operation[], ids: Ids): fc.Arbitrary<FuzzRequest> {
  return fc.constantFrom(...operations).chain((operation) => {
    const body = operation.requestBody?.content
    const schema = body ? (Object.values(body)[0]?.schema ?? {}) : undefined
    return fc
      .record({
        actor: fc.nat(999),
        path: pathOf(operation, ids),
        query: queryOf(operation, ids),
        headers: headersOf(operation),
        payload: schema ? bodyOf(schema, ids) : sometimes(RAW),
      })
      .map(({ actor, path, query, headers, payload }) => ({
        operation,
        actor,
        url: query === '' ? path : `${path}?${query}`,
        headers: payload === undefined ? headers : { 'content-type': 'application/json', ...headers },
        payload,
      }))
  })
}

const sometimes = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value })

/** What stands in an address: percent-encoded, or not decodable at all. */
const IN_ADDRESS = fc.oneof(
  JUNK.map((junk) => encoded(typeof junk === 'string' ? junk : JSON.stringify(junk))),
  fc.constantFrom('%00', '%ED%A0%80', '%FF%FE', '%zz', '%', '..%2f..', '%2e%2e', '__proto__', 'constructor'),
)

function encoded(text: string): string {
  return encodeURIComponent(Buffer.from(text, 'utf8').toString('utf8').slice(0, 300))
}

function pathOf({ path, parameters = [] }: Operation, ids: Ids): fc.Arbitrary<string> {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!)
  const parts = names.map((name) => {
    const schema = parameters.find((one) => one.name === name && one.in === 'path')?.schema ?? {}
    const folder = path.slice(0, path.indexOf(`{${name}}`)).replace(/\/\{.*$/, '')
    const good = valueOf(schema, ids, name === 'id' ? folder : name).map(String)
    return fc.oneof({ weight: 6, arbitrary: good }, { weight: 1, arbitrary: IN_ADDRESS })
  })
  return fc
    .tuple(...parts)
    .map((values) => names.reduce((made, name, at) => made.replace(`{${name}}`, values[at]!), path))
}

const CURSOR = fc.oneof(
  fc
    .array(
      fc.oneof(fc.constantFrom('2026-11-20', '2026-11-20 08:00:00+08', 'x', '\0', '-1', ''), fc.uuid()),
      {
        maxLength: 3,
      },
    )
    .map((key) => Buffer.from(JSON.stringify(key)).toString('base64url')),
  JUNK.map((junk) =>
    Buffer.from(JSON.stringify(junk) ?? '')
      .toString('base64url')
      .slice(0, 400),
  ),
)

function queryOf({ parameters = [] }: Operation, ids: Ids): fc.Arbitrary<string> {
  const parts = parameters
    .filter((one) => one.in === 'query')
    .map(({ name, schema, required }) => {
      const good = valueOf(schema, ids, name).map((value) => encoded(String(value)))
      const value = fc.oneof(
        { weight: 5, arbitrary: name === 'after' ? CURSOR : good },
        { weight: 1, arbitrary: IN_ADDRESS },
      )
      const pair = value.map((value) => `${name}=${value}`)
      return required ? pair : sometimes(pair)
    })
  const extra = sometimes(IN_ADDRESS.map((value) => `${value}=${value}`))
  return fc.tuple(...parts, extra).map((pairs) => pairs.filter((pair) => pair !== undefined).join('&'))
}

const PLAIN = fc.oneof(
  fc.constantFrom('x'.repeat(100_000), '0', '-1', 'null', '%00', '"', ';'.repeat(500)),
  fc.string({ maxLength: 40 }).map((text) => text.replaceAll(/[^\x20-\x7e]/g, '?')),
)

function headersOf({ method }: Operation): fc.Arbitrary<Record<string, string>> {
  const types = [
    'text/xml',
    'application/json; charset=utf-16',
    'application/json;;',
    'multipart/form-data',
    '',
  ]
  const odd = fc.record(
    {
      'content-type': fc.constantFrom(...types),
      'idempotency-key': PLAIN,
      'if-match': PLAIN,
      purpose: PLAIN,
      'file-name': PLAIN,
      'accept-language': PLAIN,
      'user-agent': PLAIN,
      accept: PLAIN,
      range: PLAIN,
      'if-none-match': PLAIN,
      'x-forwarded-for': PLAIN,
      cookie: PLAIN,
      'x-http-method-override': fc.constantFrom('DELETE', 'GET'),
    },
    { requiredKeys: [], noNullPrototype: true },
  )
  return fc
    .tuple(fc.uuid(), fc.constantFrom('"1"', '"2"', 'W/"1"'), sometimes(odd))
    .map(([key, version, extra]) => ({
      ...(method === 'POST' ? { 'idempotency-key': key } : {}),
      ...(method === 'GET' ? {} : { 'if-match': version }),
      ...extra,
    }))
}

const deep = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
const RAW: fc.Arbitrary<string | Buffer> = fc.oneof(
  fc.constantFrom<string | Buffer>(
    '',
    '{',
    '[]',
    'null',
    '{"__proto__":{"admin":true}}',
    '{"constructor":{"prototype":{"admin":true}}}',
    '{"a":1,"a":2}',
    '{"id":1e999}',
    `{"id":${'9'.repeat(5000)}}`,
    '{"name":"\\ud800"}',
    '{"name":"\\u0000"}',
    deep(31),
    deep(33),
    deep(50_000),
    '[1,'.repeat(20_000),
    '\ufeff{}',
    'NaN',
    "{'a':1}",
    Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
    Buffer.alloc(2 << 20, 0x20),
  ),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
)

function bodyOf(schema: JsonSchema, ids: Ids): fc.Arbitrary<string | Buffer | undefined> {
  const good = valueOf(schema, ids)
  const text = (value: unknown): string => JSON.stringify(value) ?? ''
  return fc.oneof(
    { weight: 5, arbitrary: good.map(text) },
    { weight: 3, arbitrary: spoilt(good).map(text) },
    { weight: 1, arbitrary: RAW },
    { weight: 1, arbitrary: fc.constant(undefined) },
  )
}
