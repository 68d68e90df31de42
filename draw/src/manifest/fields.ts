// Closed formats: a rule reads a value at a path, gives it its type, or refuses it by saying what was expected.

/** A manifest field that is not of its format. `path` is like `commit.strata[3].code`. */
export class FieldError extends Error {
  readonly path: string
  readonly expected: string

  constructor(path: string, expected: string) {
    super(`${path}: expected ${expected}`)
    this.path = path
    this.expected = expected
  }
}

/** Reads a value: returns it typed, or throws `FieldError`. */
export type Rule<T> = (value: unknown, path: string) => T

/** The type that a rule gives. */
export type Of<R> = R extends Rule<infer T> ? T : never

type Shape = Readonly<Record<string, Rule<unknown>>>
type Read<S extends Shape> = { readonly [K in keyof S]: Of<S[K]> }

/** A string, matching `pattern` where one is given. */
export function text(pattern?: RegExp): Rule<string> {
  return (value, path) => {
    if (typeof value !== 'string') throw new FieldError(path, 'a string')
    if (pattern && !pattern.test(value)) throw new FieldError(path, String(pattern))
    return value
  }
}

/** An integer of `min`…`max`. */
export function int(min = 0, max = Number.MAX_SAFE_INTEGER): Rule<number> {
  return (value, path) => {
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < min || value > max)
      throw new FieldError(path, `an integer ${min}…${max}`)
    return value
  }
}

/** An integer ≥ 1. */
export const pos = int(1)

/** true or false. */
export const bool: Rule<boolean> = (value, path) => {
  if (typeof value !== 'boolean') throw new FieldError(path, 'true or false')
  return value
}

/** One of the given strings or integers. */
export function oneOf<const T extends string | number>(...values: readonly T[]): Rule<T> {
  return (value, path) => {
    if (!values.includes(value as T)) throw new FieldError(path, `one of ${values.join(', ')}`)
    return value as T
  }
}

/** An object with exactly the required fields, and any of the optional ones. */
export function object<R extends Shape, O extends Shape = Record<never, never>>(
  required: R,
  optional?: O,
): Rule<Read<R> & Partial<Read<O>>> {
  const rules: Shape = { ...required, ...optional }
  return (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new FieldError(path, 'an object')
    for (const key of Object.keys(value))
      if (!Object.hasOwn(rules, key)) throw new FieldError(`${path}.${key}`, 'no such field')
    for (const key of Object.keys(required))
      if (!Object.hasOwn(value, key)) throw new FieldError(`${path}.${key}`, 'a value')
    for (const [key, member] of Object.entries(value)) rules[key]!(member, `${path}.${key}`)
    return value as Read<R> & Partial<Read<O>>
  }
}

/** An array of one rule, of `min` to `max` entries. */
export function list<T>(rule: Rule<T>, min = 0, max = Infinity): Rule<readonly T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) throw new FieldError(path, 'an array')
    if (value.length < min) throw new FieldError(path, `at least ${min} entries`)
    if (value.length > max) throw new FieldError(path, `at most ${max} entries`)
    value.forEach((entry, i) => rule(entry, `${path}[${i}]`))
    return value as readonly T[]
  }
}

/** An array that ascends strictly by `key` (by bytes for strings, by value for numbers). */
export function ascending<T>(
  rule: Rule<T>,
  key: (entry: T) => string | number,
  min = 0,
  max = Infinity,
): Rule<readonly T[]> {
  const entries = list(rule, min, max)
  return (value, path) => {
    const read = entries(value, path)
    for (let i = 1; i < read.length; i++)
      if (!(key(read[i - 1] as T) < key(read[i] as T)))
        throw new FieldError(`${path}[${i}]`, 'ascending order')
    return read
  }
}

/** An object whose field `tag` says which of several formats it has. */
export function variants<M extends Readonly<Record<string, Rule<unknown>>>>(
  tag: string,
  members: M,
): Rule<Of<M[keyof M]>> {
  return (value, path) => {
    const kind = (value as Record<string, unknown> | null)?.[tag]
    if (typeof kind !== 'string' || !Object.hasOwn(members, kind))
      throw new FieldError(`${path}.${tag}`, `one of ${Object.keys(members).join(', ')}`)
    return members[kind]!(value, path) as Of<M[keyof M]>
  }
}

/** An object with `alg` and `key` (and perhaps `value`) whose lengths are those of the algorithm. */
export function keyed<
  T extends { readonly alg: 'ed25519' | 'sm2'; readonly key: string; readonly value?: string },
>(rule: Rule<T>): Rule<T> {
  return (value, path) => {
    const read = rule(value, path)
    const key = read.alg === 'sm2' ? /^04[0-9a-f]{128}$/ : /^[0-9a-f]{64}$/
    if (!key.test(read.key)) throw new FieldError(`${path}.key`, String(key))
    if (read.value !== undefined && read.value.length !== 128)
      throw new FieldError(`${path}.value`, '128 hex characters')
    return read
  }
}
