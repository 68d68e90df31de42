// Parts of requests and representations that the schemas of features share.

import { type TSchema, Type } from 'typebox'

/** A text of one line as a person writes a name: no control or direction characters, no blank at either end. */
export const Name = (maxLength: number, description: string, minLength = 1) =>
  Type.String({
    minLength,
    maxLength,
    pattern: String.raw`^(?!\s)[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+(?<!\s)$`,
    description,
  })

/** A reason or a purpose, in words. */
export const Reason = (description: string) =>
  Type.String({ minLength: 2, maxLength: 500, pattern: String.raw`\S\S*`, description })

export const Id = Type.String({ format: 'uuid' })
export const ById = Type.Object({ id: Id }, { additionalProperties: false })
export const DivisionCode = Type.String({ pattern: '^[0-9]{6}$', description: '行政区划代码（GB/T 2260）' })
export const Day = Type.String({ format: 'date', description: '日期，形如 2026-11-21' })
export const Instant = Type.String({ format: 'date-time' })
export const Version = Type.Integer({ description: '版本；修改时放在 If-Match 中' })

/** The text to look for in a list. */
export const Sought = Type.Optional(Type.String({ minLength: 1, maxLength: 60, description: '按名称等查找' }))

/** A representation: nothing in it that is not named. */
export const Shape = <P extends Record<string, TSchema>>(properties: P) =>
  Type.Object(properties, { additionalProperties: false })

export const OrNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** A page of representations. */
export const PageOf = <T extends TSchema>(item: T) =>
  Shape({ items: Type.Array(item), next: Type.Optional(Type.String({ description: '下一页' })) })

/** Why somebody may not; null where he may. */
export const Why = OrNull(
  Shape({
    code: Type.String({ description: '不能办理的原因代码' }),
    params: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]))),
    law: Type.Optional(Shape({ key: Type.String({ description: '依据的法规参数' }) })),
  }),
)

/** Which acts the server would take from this viewer now: null allows. */
export const Can = <const K extends string>(...verbs: readonly K[]) =>
  Shape(Object.fromEntries(verbs.map((verb) => [verb, Why])) as Record<K, typeof Why>)

/** Somebody or something else, by id and name. */
export const Named = Shape({ id: Id, name: Type.String() })
export const NamedDivision = Shape({ code: DivisionCode, name: Type.String() })

/** A reference by id and name; nothing where there is no id. */
export function named(
  id: string | null,
  name: string | null,
): { readonly id: string; readonly name: string } | null {
  return id === null || name === null ? null : { id, name }
}
