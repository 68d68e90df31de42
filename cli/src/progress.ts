// How far long work has come: a moving line for a person at a terminal, plain lines for a log, nothing when silent.

import { spinner } from '@clack/prompts'
import type { Params } from './errors.ts'
import type { Translate } from './words.ts'

/** One piece of long work. */
export interface Task {
  /** `done` of the total; `rows`, where the total is not in rows. */
  at(done: number, rows?: number): void
  done(rows?: number): void
  fail(): void
}

/** Where work reports. Labels and notes are codes of the words. */
export interface Progress {
  task(label: string, total?: number, unit?: 'bytes' | 'rows'): Task
  note(code: string, params?: Params): void
  /** A final table: what, in words, and how many or which. */
  summary(rows: readonly (readonly [label: string, value: string | number])[]): void
}

/** Where lines go; `isTTY` where a person is looking. */
export interface Terminal {
  readonly isTTY?: boolean | undefined
  write(text: string): unknown
}

const NO_TASK: Task = { at: () => undefined, done: () => undefined, fail: () => undefined }

/** Says nothing: for tests and for `--json`. */
export const silentProgress: Progress = {
  task: () => NO_TASK,
  note: () => undefined,
  summary: () => undefined,
}

/** Progress on a terminal (moving) or into a log (a line every ten seconds). */
export function progressOn(terminal: Terminal, t: Translate): Progress {
  const line = (text: string): void => void terminal.write(`${text}\n`)
  return {
    task: (label, total) => (terminal.isTTY ? movingTask(label, total, t) : plainTask(label, total, t, line)),
    note: (code, params) => line(t(code, params)),
    summary: (rows) => line(tableText(rows.map(([label, value]) => [label, shownValue(value)]))),
  }
}

const EVERY_MS = 200
const PLAIN_EVERY_MS = 10_000

function movingTask(label: string, total: number | undefined, t: Translate): Task {
  const moving = spinner({ indicator: 'timer' })
  const began = performance.now()
  let last = 0
  moving.start(t(label))
  return {
    at: (done, rows) => {
      const now = performance.now()
      if (now - last < EVERY_MS) return
      last = now
      moving.message(stateText(label, { done, total, rows, ms: now - began }, t))
    },
    done: (rows) => moving.stop(doneText(label, rows, performance.now() - began, t)),
    fail: () => moving.clear(),
  }
}

function plainTask(
  label: string,
  total: number | undefined,
  t: Translate,
  line: (text: string) => void,
): Task {
  const began = performance.now()
  let last = began
  line(t(label))
  return {
    at: (done, rows) => {
      const now = performance.now()
      if (now - last < PLAIN_EVERY_MS) return
      last = now
      line(stateText(label, { done, total, rows, ms: now - began }, t))
    },
    done: (rows) => line(doneText(label, rows, performance.now() - began, t)),
    fail: () => undefined,
  }
}

interface State {
  readonly done: number
  readonly total: number | undefined
  readonly rows: number | undefined
  readonly ms: number
}

function stateText(label: string, { done, total, rows, ms }: State, t: Translate): string {
  const seconds = Math.max(ms / 1000, 0.001)
  const parts = [t(label)]
  if (total && total > 0) parts.push(`${Math.min(100, Math.floor((100 * done) / total))}%`)
  if (rows !== undefined)
    parts.push(t('progress.rows', { rows: shownValue(rows), rate: shownValue(Math.round(rows / seconds)) }))
  if (total && done > 0 && seconds > 2 && done < total)
    parts.push(t('progress.left', { time: timeText(((total - done) / done) * seconds, t) }))
  return parts.join(' · ')
}

function doneText(label: string, rows: number | undefined, ms: number, t: Translate): string {
  const time = timeText(ms / 1000, t)
  return rows === undefined
    ? t('progress.done', { label: t(label), time })
    : t('progress.done_rows', { label: t(label), time, rows: shownValue(rows) })
}

function timeText(seconds: number, t: Translate): string {
  if (seconds < 10) return t('progress.seconds', { seconds: seconds.toFixed(1) })
  if (seconds < 100) return t('progress.seconds', { seconds: Math.round(seconds) })
  return t('progress.minutes', { minutes: Math.floor(seconds / 60), seconds: Math.round(seconds % 60) })
}

function shownValue(value: string | number): string {
  return typeof value === 'number' ? value.toLocaleString('en-US') : value
}

/** Two columns, the second to the right; a Chinese character takes the room of two letters. */
export function tableText(rows: readonly (readonly [string, string])[]): string {
  const left = Math.max(0, ...rows.map(([label]) => widthOf(label)))
  const right = Math.max(0, ...rows.map(([, value]) => widthOf(value)))
  return rows
    .map(
      ([label, value]) =>
        `  ${label}${' '.repeat(left - widthOf(label) + 2)}${' '.repeat(right - widthOf(value))}${value}`,
    )
    .join('\n')
}

function widthOf(text: string): number {
  let width = 0
  for (const c of text)
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(c)
        ? 2
        : 1
  return width
}
