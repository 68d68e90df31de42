// Which values nobody can know decide a draw: chosen at the commitment, in the words of the protocol (draw-v1.md, section 4).

import { firstValueTime, type Source, timeOfRound, roundAfterClose } from '@sunlot/draw'

/** A source as a person chooses it. `notBefore` in unix seconds: the earliest time at which its value may exist. */
export type ChosenSource =
  | {
      readonly kind: 'dice'
      readonly faces: 6 | 10
      readonly count: number
      readonly roller?: string
      readonly note?: string
      readonly notBefore?: number
    }
  | {
      readonly kind: 'lottery'
      readonly game: keyof typeof LOTTERIES
      readonly issue: string
      readonly notBefore?: number
    }
  | { readonly kind: 'drand' }

type Groups = Extract<Source, { kind: 'lottery' }>['groups']

const balls = (count: number, high: number): Groups[number] => ({
  count,
  low: 1,
  high,
  ordered: false,
  repeat: false,
})

/** Lotteries of the state, as they are drawn: 双色球 and 大乐透. */
export const LOTTERIES = {
  ssq: [balls(6, 33), balls(1, 16)],
  dlt: [balls(5, 35), balls(2, 12)],
} as const satisfies Readonly<Record<string, Groups>>

/** How long after the close the first value is thrown, where nobody says otherwise: a figure of the protocol. */
const AFTER_CLOSE = 60

/** A secret of a sealed draw: whose, and its committed hash. */
export interface ServerSecret {
  readonly id: string
  readonly holder: string
  readonly tag: string
}

/** The sources of a commitment: the close first, the secrets of a sealed draw, then what was chosen. */
export function sourcesOf(
  chosen: readonly ChosenSource[],
  { closeBy, secrets }: { readonly closeBy: number; readonly secrets: readonly ServerSecret[] },
): readonly Source[] {
  const seen = new Map<string, number>()
  const idOf = (kind: string): string => {
    const count = (seen.get(kind) ?? 0) + 1
    seen.set(kind, count)
    return count === 1 ? kind : `${kind}${count}`
  }
  return [
    { id: 'close', kind: 'close' },
    ...secrets.map(({ id, holder, tag }) => ({ id, kind: 'server' as const, holder, secret: tag })),
    ...chosen.map((source): Source => {
      const id = idOf(source.kind)
      if (source.kind === 'drand') return { id, kind: 'drand', round: roundAfterClose(closeBy) }
      const later = { not_before: source.notBefore ?? closeBy + AFTER_CLOSE }
      if (source.kind === 'lottery') {
        const { game, issue } = source
        return { id, kind: 'lottery', game, issue, groups: LOTTERIES[game], ...later }
      }
      const { faces, count, roller = 'outsider', note } = source
      const said = note === undefined ? {} : { note: note.normalize('NFC') }
      return { id, kind: 'dice', faces, count, roller, ...later, ...said }
    }),
  ]
}

/** The source whose value may exist first, with its time in unix seconds. */
export function firstSource(sources: readonly Source[]): { readonly id: string; readonly at: number } {
  const at = firstValueTime(sources)
  return { at, id: sources.find((source) => timeOf(source) === at)?.id ?? '' }
}

/** The latest time at which a value may come to exist, in unix seconds. */
export function lastValueTime(sources: readonly Source[]): number {
  return Math.max(...sources.map((source) => timeOf(source) ?? 0))
}

function timeOf(source: Source): number | undefined {
  if (source.kind === 'drand') return timeOfRound(source.round)
  return source.kind === 'dice' || source.kind === 'lottery' ? source.not_before : undefined
}
