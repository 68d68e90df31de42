// Readers of single values: each takes a node, gives it a type, or throws faults that name line and remedy.

import { fault, FaultCollector, type Place } from './faults.ts'
import type { MapNode, PlanNode } from './yaml-node.ts'

/** Reads a node: returns it typed, or throws PlanFaults. */
export type Rule<T> = (node: PlanNode) => T

type Shape = Readonly<Record<string, Rule<unknown>>>
type Of<R> = R extends Rule<infer T> ? T : never
type Read<S extends Shape> = { readonly [K in keyof S]: Of<S[K]> }

/** Any text that is not empty. */
export const words: Rule<string> = (node) => {
  if (node.kind !== 'text') throw fault(node, 'not_text')
  const text = node.text.trim()
  if (text === '') throw fault(node, 'empty_value')
  return text
}

/** A text of a grammar; `what` is a key under `grammar` of the words that describes it. */
export function code(pattern: RegExp, what: string): Rule<string> {
  return (node) => {
    const text = words(node)
    if (!pattern.test(text)) throw fault(node, `grammar_${what}`, { found: shown(text) })
    return text
  }
}

/** An integer of `min`…`max`. */
export function integer(min: number, max = Number.MAX_SAFE_INTEGER): Rule<number> {
  return (node) => {
    const text = words(node)
    const value = /^(0|[1-9]\d{0,15})$/.test(text) ? Number(text) : NaN
    if (!Number.isSafeInteger(value) || value < min || value > max)
      throw fault(node, max === Number.MAX_SAFE_INTEGER ? 'not_integer_from' : 'not_integer', {
        found: shown(text),
        min,
        max,
      })
    return value
  }
}

/** yes or no, in any of the ways in which people write them. */
export const yesNo: Rule<boolean> = (node) => {
  const text = words(node)
  if (['true', 'yes', '是'].includes(text)) return true
  if (['false', 'no', '否'].includes(text)) return false
  throw fault(node, 'not_yes_no', { found: shown(text) })
}

/** One of the given words. */
export function oneOf<const T extends string>(...choices: readonly T[]): Rule<T> {
  return (node) => {
    const text = words(node)
    const found = choices.find((choice) => choice === text)
    if (found === undefined)
      throw fault(node, 'not_one_of', { found: shown(text), choices: choices.join(', ') })
    return found
  }
}

/** An instant, written with its offset from UTC, as unix seconds. */
export const time: Rule<number> = (node) => {
  const text = words(node)
  const match = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d))?(Z|[+-]\d\d:\d\d)$/.exec(text)
  if (!match) throw fault(node, 'not_time', { found: shown(text) })
  const [, y, mo, d, h, mi, s = '00', offset] = match
  const day = new Date(`${y}-${mo}-${d}T00:00:00Z`)
  const ms = Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}${offset}`)
  // The 30th of February is read by some as the 2nd of March.
  if (Number.isNaN(ms) || Number.isNaN(day.getTime()) || day.getUTCDate() !== Number(d) || h === '24')
    throw fault(node, 'no_such_time', { found: shown(text) })
  return ms / 1000
}

/** A fraction: `1/20`, `5%`, `2.5%`, `3‰`, `0`. Neither negative nor above 1. */
export interface Fraction {
  readonly num: number
  readonly den: number
}

export const fraction: Rule<Fraction> = (node) => {
  const text = words(node)
  const value = parseFraction(text)
  if (!value) throw fault(node, 'not_fraction', { found: shown(text) })
  if (value.num > value.den) throw fault(node, 'ratio_above_one', { found: shown(text) })
  return value
}

/** The fraction that a text states, exactly; nothing where it states none. May be above 1. */
export function parseFraction(text: string): Fraction | undefined {
  const ratio = /^(\d{1,9})\s*\/\s*(\d{1,9})$/.exec(text)
  if (ratio) return Number(ratio[2]) > 0 ? { num: Number(ratio[1]), den: Number(ratio[2]) } : undefined
  const share = /^(\d{1,6})(?:\.(\d{1,4}))?\s*(%|％|‰)?$/.exec(text)
  if (!share) return undefined
  const [, whole = '0', places = '', sign] = share
  const den = 10 ** places.length * (sign === undefined ? 1 : sign === '‰' ? 1000 : 100)
  return { num: Number(whole + places), den }
}

/** An object with the required fields and any of the optional ones; every fault of its fields is told. */
export function map<R extends Shape, O extends Shape = Record<never, never>>(
  required: R,
  optional?: O,
): Rule<Read<R> & Partial<Read<O>>> {
  const rules: Shape = { ...required, ...optional }
  return (node) => {
    const { entries } = mapNode(node)
    const kept = new FaultCollector()
    const out: Record<string, unknown> = {}
    for (const [key, value] of entries) {
      const rule = Object.hasOwn(rules, key) ? rules[key] : undefined
      if (rule) out[key] = kept.try(() => rule(value))
      else kept.add(value, 'unknown_key', { key: shown(key), known: Object.keys(rules).join(', ') })
    }
    for (const key of Object.keys(required))
      if (!entries.has(key)) kept.add(childPlace(node, key), 'missing_key', { key })
    kept.throwIfAny()
    return out as Read<R> & Partial<Read<O>>
  }
}

/** An object with keys of one rule and values of another, in the order of the file. */
export function mapOf<T>(key: Rule<string>, value: Rule<T>): Rule<ReadonlyMap<string, T>> {
  return (node) => {
    const kept = new FaultCollector()
    const out = new Map<string, T>()
    for (const [name, entry] of mapNode(node).entries)
      kept.try(() => {
        const at = key({ kind: 'text', path: entry.path, line: entry.line, text: name })
        if (out.has(at)) throw fault(entry, 'duplicate_key', { message: at })
        out.set(at, value(entry))
      })
    kept.throwIfAny()
    return out
  }
}

/** A list; one value without dashes counts as a list of one. */
export function listOf<T>(rule: Rule<T>, min = 0): Rule<readonly T[]> {
  return (node) => {
    const items = node.kind === 'list' ? node.items : [node]
    if (items.length < min) throw fault(node, 'too_short', { min })
    const kept = new FaultCollector()
    const out = items.map((item) => kept.try(() => rule(item)) as T)
    kept.throwIfAny()
    return out
  }
}

/** The value together with its place, for checks that come later. */
export interface Placed<T> extends Place {
  readonly value: T
}

/** A rule whose result remembers where it stood. */
export function placed<T>(rule: Rule<T>): Rule<Placed<T>> {
  return (node) => ({ value: rule(node), path: node.path, line: node.line })
}

/** The node as an object. */
export function mapNode(node: PlanNode): MapNode {
  if (node.kind !== 'map') throw fault(node, 'not_map')
  return node
}

/** A text cut short for a message. */
export function shown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

function childPlace(node: PlanNode, key: string): Place {
  return { path: node.path === '' ? key : `${node.path}.${key}`, line: node.line }
}
