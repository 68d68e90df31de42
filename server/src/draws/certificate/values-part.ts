// The numbers that nobody could know before, and the seed that they make.

import type { Certificate, Source } from '@sunlot/draw'
import { timeOfRound } from '@sunlot/draw'
import { code, html, type Html, table } from './html.ts'
import type { Surroundings } from './draw-page.ts'
import type { PublicDraw } from './public-draw.ts'
import { roleText } from './room-part.ts'
import type { Say } from './words.ts'

/** Each source with its value, in the committed order. */
export function valuesPart(draw: PublicDraw, { say, roleName, decided }: Surroundings): Html {
  const { commit, close, certificate, outsiders, events } = draw
  const outsider = (mark: string) => {
    const role = outsiders.get(mark)
    return role === undefined
      ? mark
      : say('values.outsider', { mark, role: roleText(role, { say, roleName }) })
  }
  const values = new Map((certificate?.value.values ?? []).map((value) => [value.id as string, value]))
  const secrets = new Map(
    events.flatMap(({ event }) =>
      event.type === 'open' ? event.secrets.map(({ id, value }) => [id, value]) : [],
    ),
  )
  const missing = draw.state === 'void' ? 'values.never' : 'values.not_yet'
  const rows = commit.value.sources.map((source) => {
    const value = values.get(source.id)
    const shown = value?.value ?? (source.kind === 'close' ? close?.hash : secrets.get(source.id))
    return [
      sourceText(source, say),
      shown === undefined ? say(source.kind === 'server' ? 'values.not_published' : missing) : code(shown),
      bornText(source, value, { say, outsider }),
    ]
  })
  const { seed } = decided
  return html`<section>
    <h2>${say('values.heading')}</h2>
    ${table(
      say('values.heading'),
      ['source', 'value', 'at'].map((key) => say(`values.${key}`)),
      rows,
    )}
    ${seed !== undefined && html`<p>${say('values.seed')} ${code(seed)}</p>`}
  </section>`
}

function sourceText(source: Source, say: Say): string {
  switch (source.kind) {
    case 'dice':
      return say('values.dice', { count: source.count, faces: source.faces })
    case 'lottery':
      return say('values.lottery', { game: source.game, issue: source.issue })
    case 'drand':
      // A round is a name, not an amount.
      return say('values.drand', { round: String(source.round) })
    default:
      return say(`values.${source.kind}`)
  }
}

function bornText(
  source: Source,
  value: Certificate['values'][number] | undefined,
  { say, outsider }: { readonly say: Say; readonly outsider: (mark: string) => string },
): string {
  if (source.kind === 'drand') return say.time(timeOfRound(source.round))
  if (source.kind !== 'dice' && source.kind !== 'lottery') return ''
  if (value?.at === undefined) return say('values.not_before', { at: say.time(source.not_before) })
  const by = (value.by ?? []).map(outsider).join(say.language === 'en' ? ', ' : '、')
  return [say.time(value.at), say('values.witnessed', { by })].join(say.language === 'en' ? ', ' : '，')
}
