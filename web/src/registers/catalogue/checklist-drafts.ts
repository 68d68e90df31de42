// The lines of a checklist while somebody writes them.

import type { Checkpoint } from './queries.ts'

/** A line as it stands in the form; nothing is an empty text. */
export interface Draft {
  readonly key: number
  readonly no: string
  readonly text: string
  readonly basis: string
  readonly method: string
  readonly guidance: string
}

export const EMPTY: Draft = { key: 0, no: '', text: '', basis: '', method: '', guidance: '' }
let keys = 0

/** The last version's lines to go on from, or one empty line. */
export function draftsFrom(points: readonly Checkpoint[]): readonly Draft[] {
  const drafts = points.map(({ no, text, basis, method, guidance }) => ({
    ...EMPTY,
    no,
    text,
    basis: basis ?? '',
    method: method ?? '',
    guidance: guidance ?? '',
  }))
  return numbered(drafts.length === 0 ? [EMPTY] : drafts)
}

/** Numbered from 1 in their order; each with a key of its own. */
export function numbered(lines: readonly Draft[]): readonly Draft[] {
  return lines.map((line, at) => ({ ...line, no: String(at + 1), key: line.key || ++keys }))
}

export function isBlank({ text, basis, guidance }: Draft): boolean {
  return [text, basis, guidance].every((part) => part.trim() === '')
}

/** Lines from a table (cells apart by tabs) or from a text; numbers at their beginning are left out. */
export function pasted(text: string): readonly Draft[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.split('\t').map((cell) => cell.trim()))
    .map((cells) => (/^\d{1,3}[.、．)]?$/.test(cells[0] ?? '') && cells.length > 1 ? cells.slice(1) : cells))
    .filter(([first = '']) => first !== '')
    .slice(0, 300)
    .map(([first = '', basis = '', guidance = '']) => ({
      ...EMPTY,
      text: first.replace(/^(?:\d{1,3}[.、．)]|[（(]\d{1,3}[)）])\s*/, '').slice(0, 1000),
      basis: basis.slice(0, 500),
      guidance: guidance.slice(0, 1000),
    }))
}

/** As the server takes them; lines without a text are left out, the others numbered on. */
export function pointsOf(lines: readonly Draft[]) {
  return lines
    .filter(({ text }) => text.trim() !== '')
    .map(({ text, basis, method, guidance }, at) => ({
      no: String(at + 1),
      text: text.trim(),
      basis: basis.trim() || null,
      method: method || null,
      guidance: guidance.trim() || null,
    }))
}
