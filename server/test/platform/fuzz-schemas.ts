// Values that a schema of the contract takes, and values that hardly anything takes.

import fc from 'fast-check'

/** A schema as the contract has it. */
export interface JsonSchema {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly JsonSchema[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly items?: JsonSchema
  readonly format?: string
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly minItems?: number
}

/** Ids that exist, by what they are of: a request about nothing tests little. */
export type Ids = (name: string) => readonly string[]

const TEXTS = [
  '青石县新局',
  '测试所需的理由',
  '李示例',
  'new.user',
  'publication.result_deadline',
  'plans.ratio_floor',
  'no.such_parameter',
  '990101',
  '410928',
  '13800000001',
  '000000',
]
const DAYS = [
  '1900-01-01',
  '2026-11-20',
  '2024-02-29',
  '2000-01-01',
  '2999-12-31',
  '0001-01-01',
  '0000-01-01',
  '9999-12-31',
]
const INSTANTS = [
  '2026-11-20T08:00:00Z',
  '2027-01-01T00:00:00+08:00',
  '0000-01-01T00:00:00Z',
  '2016-12-31T23:59:60Z',
]

/** What anything may be. */
export const JUNK: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    -1,
    0.5,
    1e308,
    2 ** 53,
    -(2 ** 63),
    '',
    ' ',
    '\0',
    '青\0石',
    '\ud800',
    '石\udfff石',
    '\u202e',
    '\ufeff',
    '%',
    '_',
    '\\',
    "'; drop table accounts.session; --",
    '../../../etc/passwd',
    '{seconds}',
    '$1',
    '9'.repeat(400),
    '石'.repeat(20_000),
    [],
    {},
    [[[[]]]],
    { constructor: { prototype: { admin: true } } },
    { $ne: null },
  ),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown>,
)

/** A value that a schema takes, nearly always. `name` is the property it is for. */
export function valueOf(schema: JsonSchema, ids: Ids, name = ''): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => valueOf(one, ids, name)))
  switch (schema.type) {
    case 'string':
      return textOf(schema, ids, name)
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -5, max: Math.min(schema.maximum ?? 5000, 2 ** 31) })
    case 'number':
      return fc.double({ noNaN: true, noDefaultInfinity: true })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array':
      return fc.array(valueOf(schema.items ?? {}, ids, name), {
        minLength: schema.minItems ?? 0,
        maxLength: 4,
      })
    case 'object':
      return objectOf(schema, ids)
    default:
      return fc.jsonValue({ maxDepth: 2 })
  }
}

function objectOf({ properties = {}, required = [] }: JsonSchema, ids: Ids): fc.Arbitrary<unknown> {
  const fields = Object.entries(properties).map(([name, one]) => [name, valueOf(one, ids, name)] as const)
  return fc.record(Object.fromEntries(fields), { requiredKeys: [...required], noNullPrototype: true })
}

function textOf(schema: JsonSchema, ids: Ids, name: string): fc.Arbitrary<string> {
  if (schema.format === 'uuid') return fc.oneof(fc.constantFrom(...ids(name)), fc.uuid())
  if (schema.format === 'date') return fc.constantFrom(...DAYS)
  if (schema.format === 'date-time') return fc.constantFrom(...INSTANTS)
  const { pattern, minLength = 0, maxLength = 200 } = schema
  const fits = (text: string): boolean =>
    text.length >= minLength &&
    text.length <= maxLength &&
    (pattern === undefined || new RegExp(pattern, 'u').test(text))
  const fitting = TEXTS.filter(fits)
  const free = fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, 40) })
  if (fitting.length === 0) return free
  return pattern === undefined ? fc.oneof(fc.constantFrom(...fitting), free) : fc.constantFrom(...fitting)
}

/** A value with something in it that does not belong there. */
export function spoilt(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc
    .tuple(value, JUNK, fc.nat(), fc.constantFrom('replace', 'add', 'whole'))
    .map(([whole, junk, at, how]) => {
      if (how === 'whole' || typeof whole !== 'object' || whole === null) return junk
      const keys = Object.keys(whole)
      const key = how === 'add' || keys.length === 0 ? 'nickname' : keys[at % keys.length]!
      return Array.isArray(whole) ? [...whole, junk] : { ...whole, [key]: junk }
    })
}
