// What happened afterwards, one line each.

import { html, type Html, table } from './html.ts'
import type { PublicDraw, PublicEvent } from './public-draw.ts'
import type { Refusal } from '../../platform/refusal.ts'
import type { Say } from './words.ts'

/** The changes since the certificate; of a draw without one, its end. */
export function eventsPart({ events, certificate }: PublicDraw, say: Say): Html | undefined {
  if (events.length === 0)
    return (
      certificate &&
      html`<section>
        <h2>${say('events.heading')}</h2>
        <p>${say('events.none')}</p>
      </section>`
    )
  const rows = events.map((each) => [each.event.n, eventText(each, say), say.time(each.event.at)])
  const head = [{ number: say('events.n') }, say('events.what'), say('events.at')]
  return html`<section>
    <h2>${say('events.heading')}</h2>
    ${table(say('events.heading'), head, rows)}
  </section>`
}

function eventText({ event, entered, isSettled, stale }: PublicEvent, say: Say): string {
  switch (event.type) {
    case 'skip':
      return say('events.skip', {
        code: event.id,
        reason: say(`events.reasons.${event.reason}`),
        entered: entered === null ? say('events.skip_none') : say('events.skip_entered', { code: entered }),
      })
    case 'substitute':
      return say('events.substitute', {
        alias: short(event.id),
        reason: say(`events.reasons.${event.reason}`),
        entered: stale ? unseenText(stale, say) : enteredText(entered, isSettled, say),
      })
    case 'void':
      return say('events.void', { reason: say(`reasons.${event.reason}`) })
    case 'open':
      return say('events.open')
  }
}

function enteredText(entered: string | null, isSettled: boolean, say: Say): string {
  if (!isSettled) return say('events.substitute_waiting')
  return entered === null
    ? say('events.substitute_none')
    : say('events.substitute_entered', { alias: short(entered) })
}

function unseenText({ params }: Refusal, say: Say): string {
  return say('events.substitute_unseen', { until: say.time(new Date(String(params?.['until']))) })
}

function short(alias: string): string {
  return alias.slice(0, 12)
}
