// RFC 9457 problem documents. `code` and `params` are the contract; the sentence is for whoever reads it at once.

import type { FastifyError } from 'fastify'
import { NotFound, type Params, Refused } from '../refusal.ts'
import { type Language, sentenceOf } from './sentences.ts'

/** A problem before it is given a sentence. */
export interface Fault {
  readonly status: number
  readonly code: string
  readonly params?: Params
  /** The key of the legal parameter that forbids it. */
  readonly law?: string
  /** Where the input is wrong: a JSON pointer and what is wrong there. */
  readonly errors?: readonly { readonly at: string; readonly code: string; readonly params?: Params }[]
  readonly retryAfterSeconds?: number
}

/** Which refusal a violated database constraint is, by the constraint's name. */
export type ConstraintCodes = Readonly<Record<string, string>>

// Enough for any form; without an end to it, a body of nothing but unknown fields would be answered by ten times its size.
const SHOWN_ERRORS = 50

interface DatabaseError extends Error {
  readonly code?: string
  readonly constraint?: string
}

/** What a thrown error is to the client. Undefined: a bug. */
export function faultOf(error: unknown, constraints: ConstraintCodes): Fault | undefined {
  if (error instanceof Refused)
    return { status: error.status, ...error.refusal, ...waitOf(error) } satisfies Fault
  if (error instanceof NotFound) return { status: 404, code: 'not_found', params: { what: error.what } }
  if (!(error instanceof Error)) return undefined
  return requestFault(error as FastifyError) ?? databaseFault(error, constraints)
}

/** Who tried too often is told how many seconds to wait. */
function waitOf({ status, refusal }: Refused): Pick<Fault, 'retryAfterSeconds'> {
  const seconds = refusal.params?.['seconds']
  return status === 429 && typeof seconds === 'number' ? { retryAfterSeconds: seconds } : {}
}

/** The problem document of a fault. */
export function documentOf(fault: Fault, language: Language, requestId: string): Record<string, unknown> {
  const { status, code, params = {}, law, errors } = fault
  return {
    type: `urn:sunlot:problem:${code}`,
    title: sentenceOf(code, params, language),
    status,
    code,
    params,
    ...(law === undefined ? {} : { law: { key: law } }),
    ...(errors === undefined
      ? {}
      : {
          errors: errors.map((e) => ({
            ...e,
            sentence: sentenceOf(`input.${e.code}`, e.params ?? {}, language),
          })),
        }),
    requestId,
  }
}

function requestFault(error: FastifyError): Fault | undefined {
  if (error.validation) {
    const part = error.validationContext ?? 'body'
    const errors = error.validation.slice(0, SHOWN_ERRORS).map((v) => ({
      at: `/${part}${v.instancePath}${v.keyword === 'required' ? `/${String(v.params['missingProperty'])}` : ''}`,
      code: v.keyword,
      params: paramsOf(v.params),
    }))
    return { status: 400, code: 'invalid_input', errors }
  }
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return { status: 413, code: 'body_too_large' }
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return { status: 415, code: 'media_type_not_supported' }
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return { status: 400, code: 'malformed_json' }
    default:
      return error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500
        ? { status: error.statusCode, code: 'malformed_request' }
        : undefined
  }
}

function databaseFault(error: DatabaseError, constraints: ConstraintCodes): Fault | undefined {
  const { code = '', constraint = '' } = error
  if (code === '23505' || code === '23503' || code === '23514' || code === '23P01') {
    const known = constraints[constraint]
    // A constraint without a code of its own is a rule that no `whyNot` had foreseen: a bug, unless two people met.
    return known || code === '23505'
      ? { status: 409, code: known ?? 'already_there', params: { constraint } }
      : undefined
  }
  if (code === '40001' || code === '40P01' || code === '55P03' || code === '57014')
    return { status: 503, code: 'busy', retryAfterSeconds: 1 }
  if (code === 'SL002') return { status: 503, code: 'clock_went_back' }
  if (code === '53100' || code === 'ENOSPC') return { status: 507, code: 'disk_full' }
  return isConnectionLoss(code, error.message)
    ? { status: 503, code: 'database_unavailable', retryAfterSeconds: 5 }
    : undefined
}

/** Whether an error says that the database is away rather than that the query is wrong. */
function isConnectionLoss(code: string, message: string): boolean {
  return (
    /^(08|57P|ECONN|EPIPE|ENOTFOUND|ETIMEDOUT|ENOENT)/.test(code) ||
    code === '53300' ||
    /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/.test(
      message,
    )
  )
}

function paramsOf(params: Record<string, unknown>): Params {
  return Object.fromEntries(
    Object.entries(params).filter(
      (entry): entry is [string, string | number] =>
        typeof entry[1] === 'string' || typeof entry[1] === 'number',
    ),
  )
}
