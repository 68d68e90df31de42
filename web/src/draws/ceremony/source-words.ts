// What a source is called, how its value is read aloud, and how what was typed becomes the committed form.

import { useTranslation } from 'react-i18next'
import type { CeremonySource } from './queries.ts'

type Shape =
  | { readonly kind: 'dice'; readonly faces: number; readonly count: number }
  | {
      readonly kind: 'lottery'
      readonly game: string
      readonly issue: string
      readonly groups: readonly { readonly count: number; readonly low: number; readonly high: number }[]
    }
  | { readonly kind: 'drand'; readonly round: number }

/** `dice:10x25`, `lottery:ssq:2026135:6x1-33,1x1-16`, `drand:123`: what the server says of a source. */
export function shapeOf(text: string): Shape {
  const [kind, ...rest] = text.split(':')
  if (kind === 'dice') {
    const [faces = 0, count = 0] = (rest[0] ?? '').split('x').map(Number)
    return { kind, faces, count }
  }
  if (kind === 'lottery') {
    const [game = '', issue = '', groups = ''] = rest
    return { kind, game, issue, groups: groups.split(',').map(groupOf) }
  }
  return { kind: 'drand', round: Number(rest[0]) }
}

function groupOf(text: string): { readonly count: number; readonly low: number; readonly high: number } {
  const [, count = 0, low = 0, high = 0] = (/^(\d+)x(\d+)-(\d+)$/.exec(text) ?? []).map(Number)
  return { count, low, high }
}

/** The committed form of what was typed: dice without blanks; of a lottery each number ended by ".", each group by "/". */
export function typedValue(shapeText: string, typed: string): string {
  const shape = shapeOf(shapeText)
  if (shape.kind !== 'lottery') return typed.replaceAll(/[\s,，、]/g, '')
  const numbers = (typed.match(/\d+/g) ?? []).map(Number)
  let from = 0
  return shape.groups
    .map(({ count }, place) => {
      const end = place === shape.groups.length - 1 ? numbers.length : from + count
      const group = numbers.slice(from, end)
      from = end
      return `${group.map((each) => `${each}.`).join('')}/`
    })
    .join('')
}

/** The words of sources. */
export function useSourceWords() {
  const { t } = useTranslation('draws')
  const gameOf = (game: string) => (game === 'ssq' || game === 'dlt' ? t(`ceremony.games.${game}`) : game)
  return {
    title: ({ shape: text }: CeremonySource): string => {
      const shape = shapeOf(text)
      if (shape.kind === 'dice') return t('ceremony.dice', { count: shape.count, faces: shape.faces })
      if (shape.kind === 'lottery')
        return t('ceremony.lottery', { game: gameOf(shape.game), issue: shape.issue })
      return t('ceremony.drand', { round: shape.round })
    },
    ask: ({ shape: text }: CeremonySource): string => {
      const shape = shapeOf(text)
      if (shape.kind === 'dice') return t('ceremony.ask_dice', { count: shape.count })
      const groups = shape.kind === 'lottery' ? shape.groups : []
      return t('ceremony.ask_lottery', {
        groups: groups.map(({ count, low, high }) => t('ceremony.group', { count, low, high })).join('；'),
      })
    },
    /** How much of it is there: typed in the noise of a room. */
    count: ({ shape: text }: CeremonySource, value: string): string => {
      const shape = shapeOf(text)
      const all =
        shape.kind === 'dice'
          ? shape.count
          : shape.kind === 'lottery'
            ? shape.groups.reduce((sum, { count }) => sum + count, 0)
            : 0
      const there = (value.match(shape.kind === 'dice' ? /\d/g : /\d+/g) ?? []).length
      return t('ceremony.typed_so_far', { there, all })
    },
    value: ({ shape: text, value }: CeremonySource): string => {
      if (value === null) return ''
      if (shapeOf(text).kind === 'dice') return (value.match(/.{1,5}/g) ?? []).join(' ')
      return value.replaceAll('./', ' / ').replaceAll('.', ' ').replace(/ \/ $/, '')
    },
  }
}
