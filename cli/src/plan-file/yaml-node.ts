// A YAML file as plain nodes that know their lines. Every scalar is text: `no`, `0012` and `1e3` stay what was typed.

import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import { fault, FaultCollector, type Place } from './faults.ts'

/** A value of the plan file with its place. An empty value is the text "". */
export type PlanNode = TextNode | ListNode | MapNode

export interface TextNode extends Place {
  readonly kind: 'text'
  readonly text: string
}

export interface ListNode extends Place {
  readonly kind: 'list'
  readonly items: readonly PlanNode[]
}

export interface MapNode extends Place {
  readonly kind: 'map'
  readonly entries: ReadonlyMap<string, PlanNode>
}

const MAX_DEPTH = 12

/** Parses a plan file. Throws PlanFaults where it is not YAML, repeats a key, or uses anchors. */
export function parsePlanYaml(source: string): PlanNode {
  const lines = new LineCounter()
  const doc = parseDocument(source, {
    schema: 'failsafe',
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
  })
  const lineAt = (offset: number | undefined): number => lines.linePos(offset ?? 0).line
  const problems = new FaultCollector()
  for (const error of doc.errors)
    problems.add({ path: '', line: lineAt(error.pos[0]) }, YAML_CODES[error.code] ?? 'not_yaml', {
      message: error.message,
    })
  problems.throwIfAny()
  return nodeOf(doc.contents, { path: '', line: 1 }, lineAt, 0)
}

const YAML_CODES: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'duplicate_key',
  TAB_AS_INDENT: 'tab_indent',
  MULTIPLE_DOCS: 'several_documents',
}

function nodeOf(
  node: unknown,
  place: Place,
  lineAt: (offset: number | undefined) => number,
  depth: number,
): PlanNode {
  const line = lineOf(node, place.line, lineAt)
  const at = { path: place.path, line }
  if (depth > MAX_DEPTH) throw fault(at, 'too_deep')
  if (node === null || node === undefined) return { kind: 'text', ...at, text: '' }
  if (isAlias(node)) throw fault(at, 'alias')
  if (isScalar(node)) return { kind: 'text', ...at, text: textOf(node.value) }
  if (isSeq(node)) {
    const items = node.items.map((item, i) =>
      nodeOf(item, { path: `${at.path}[${i + 1}]`, line }, lineAt, depth + 1),
    )
    return { kind: 'list', ...at, items }
  }
  if (!isMap(node)) throw fault(at, 'not_yaml', { message: '' })
  const entries = new Map<string, PlanNode>()
  for (const { key, value } of node.items) {
    if (!isScalar(key)) throw fault(at, 'odd_key')
    const name = textOf(key.value)
    const keyPlace = { path: at.path === '' ? name : `${at.path}.${name}`, line: lineOf(key, line, lineAt) }
    const entry = nodeOf(value, keyPlace, lineAt, depth + 1)
    entries.set(name, { ...entry, line: keyPlace.line })
  }
  return { kind: 'map', ...at, entries }
}

function lineOf(node: unknown, otherwise: number, lineAt: (offset: number | undefined) => number): number {
  const range = (node as Node | null | undefined)?.range
  return range ? lineAt(range[0]) : otherwise
}

// The failsafe schema makes every scalar a string.
function textOf(value: unknown): string {
  return typeof value === 'string' ? value.normalize('NFC') : ''
}
