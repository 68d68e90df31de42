// Values that nobody could know, as they come in.

import { h } from './dom.ts'
import type { Room, Source } from './room-state.ts'
import { say, timeText } from './words.ts'

/** What a scene needs besides the room: the server's time, and where a phone finds the room. */
export interface Here {
  readonly now: number
  readonly code: string
}

/** The third scene: each source, what it gave, and how far its witnesses are. */
export function values(room: Room, here: Here): readonly Node[] {
  return [
    h(
      'div',
      { class: 'sources' },
      room.sources.map((source) =>
        h(
          'section',
          { class: `source is-${source.state}` },
          h(
            'h3',
            {},
            say(`source_${source.kind}`),
            source.round ? ` ${say('round', { round: source.round })}` : '',
          ),
          face(source, here),
          h('p', { class: 'state' }, stateText(source)),
        ),
      ),
    ),
    ...presses(room),
  ]
}

/** What has fallen or come; before, how long still. */
function face(source: Source, { now }: Here): Node {
  if (source.value === null) {
    const left = Date.parse(source.notBefore) - now
    return h(
      'p',
      { class: 'big' },
      left > 0
        ? say('countdown', { left: spanText(left) })
        : say('value_due', { time: timeText(source.notBefore) }),
    )
  }
  if (source.kind !== 'dice') return h('p', { class: 'mono wraps' }, source.value)
  return h(
    'p',
    { class: 'dice', 'aria-label': source.value },
    [...source.value].map((eye) => h('span', { class: 'die' }, eye)),
  )
}

function stateText({ state, attempt, signed }: Source): string {
  if (state === 'differed') return say('state_differed', { attempt })
  if (state === 'signing') return say('state_signing', { done: signed.length })
  return say(`state_${state}`)
}

/** Who has pressed, and how far the machine is. */
export function presses({ state, presses: all, progress }: Room): readonly Node[] {
  if (state === 'drawing')
    return [
      h(
        'p',
        { class: 'claim' },
        progress
          ? say('progress', { step: progress.step, done: progress.done, total: progress.total })
          : say('drawing'),
      ),
    ]
  return all.map(({ authority, done, instead }) =>
    h('p', {}, say(done ? (instead ? 'pressed_instead' : 'pressed') : 'not_pressed', { authority })),
  )
}

/** 2:05, or 1:02:05. */
export function spanText(ms: number): string {
  const all = Math.max(0, Math.ceil(ms / 1000))
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(all / 3600)
  const minutes = Math.floor((all % 3600) / 60)
  return hours > 0 ? `${hours}:${two(minutes)}:${two(all % 60)}` : `${minutes}:${two(all % 60)}`
}
