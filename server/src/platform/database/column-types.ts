// How values come out of both engines, and what every session is set to.

import pg from 'pg'

const { types } = pg

const INT8 = 20
const DATE = 1082
const INT8_ARRAY = 1016
const TEXT_ARRAY = 1009
const DATE_ARRAY = 1182

/** The same on both engines, whatever the server or its login says: what a date means depends on it. */
export const SESSION = `set time zone 'UTC'; set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'`

type Parse = (text: string) => unknown

// The driver's own list of types knows no arrays.
const parserOf = types.getTypeParser as (oid: number, format?: 'text' | 'binary') => Parse
const textArray = parserOf(TEXT_ARRAY) as (text: string) => readonly (string | null)[]

const PARSERS: ReadonlyMap<number, Parse> = new Map<number, Parse>([
  // A legal day has no hour and no zone: a Date would give it both.
  [DATE, (text) => text],
  [DATE_ARRAY, textArray],
  [INT8, exactInteger],
  [INT8_ARRAY, (text) => textArray(text).map((item) => (item === null ? null : exactInteger(item)))],
])

/**
 * Parsers for a pool: `date` → string as YYYY-MM-DD, `int8` → number, and a value past 2^53 is an error of the query;
 * `numeric` stays a string, `timestamptz` a Date.
 */
export const COLUMN_TYPES: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format === 'binary' ? undefined : PARSERS.get(oid)) ??
    parserOf(oid, format)) as typeof types.getTypeParser,
}

function exactInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`int8 ${text} is past 2^53; select it as text`)
  return value
}
