// What makes functions of the contract's schemas. Equal schemas are made once in a process: a contract of some hundred routes
// takes the better part of a second, and whoever tests starts many servers.

import AjvCompiler from '@fastify/ajv-compiler'
import SerializerSelector from '@fastify/fast-json-stringify-compiler'
import type { FastifySchemaCompiler, FastifySerializerCompiler } from 'fastify'
import { isLegalDay } from '../legal-day.ts'

const made = new Map<string, unknown>()

/** Unknown fields are refused, never dropped; only query and path, which are text by nature, are turned into numbers. */
export function strictValidator(): FastifySchemaCompiler<unknown> {
  const build = AjvCompiler()
  const common = { removeAdditional: false, useDefaults: true, allErrors: true } as const
  const onCreate = (ajv: { addFormat: (name: string, format: (text: string) => boolean) => void }): void =>
    ajv.addFormat('date', isLegalDay)
  const exact = build({}, { customOptions: { ...common, coerceTypes: false }, onCreate })
  const coercing = build({}, { customOptions: { ...common, coerceTypes: 'array' }, onCreate })
  return (route) => {
    const isExact = route.httpPart === 'body'
    return once(isExact ? 'exact' : 'coercing', route.schema, () =>
      (isExact ? exact : coercing)(route as never),
    ) as never
  }
}

/** What of an answer its schema does not name is left out. */
export function serializer(): FastifySerializerCompiler<unknown> {
  const build = SerializerSelector()()
  return (route) => once('answer', route.schema, () => build(route as never)) as never
}

function once(kind: string, schema: unknown, make: () => unknown): unknown {
  const key = `${kind} ${JSON.stringify(schema)}`
  const known = made.get(key) ?? make()
  made.set(key, known)
  return known
}
