// Texts that no database keeps as they were sent: with a NUL in them, or half of a character.

import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { Refused } from '../refusal.ts'

/** Refuses such texts wherever they stand in a request; after its schema, which says more where it refuses them too. */
export function refuseUnstorable(server: FastifyInstance): void {
  server.addHook('preHandler', (request, _reply, done) => {
    const { params, query, body } = request
    const isFine = [params, query, isFile(body) ? undefined : body].every(isStorable)
    done(isFine ? undefined : new Refused({ code: 'text_not_storable' }, 400))
  })
}

function isFile(body: unknown): boolean {
  return Buffer.isBuffer(body) || body instanceof Readable
}

/** Whether every text in a parsed value can be kept as it is, names of fields included. */
export function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return isWhole(value)
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([name, inner]) => isWhole(name) && isStorable(inner))
}

function isWhole(text: string): boolean {
  return !text.includes('\0') && !HALF_A_CHARACTER.test(text)
}

// With the flag `u` a pair of surrogates is one character, and only a lone one is of this category.
const HALF_A_CHARACTER = /\p{Cs}/u
