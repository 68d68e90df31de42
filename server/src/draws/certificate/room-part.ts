// Who inspects, by number and alias alone; who was in the room, by role alone; who signed.

import { code, folded, html, type Html, table } from './html.ts'
import type { PublicDraw } from './public-draw.ts'
import { observerMark } from '../ceremony/room.rules.ts'
import type { Surroundings } from './draw-page.ts'
import type { Say } from './words.ts'

/** The pools, how many were drawn of each, and how predictable the match could be. */
export function peoplePart(draw: PublicDraw, say: Say): Html | undefined {
  const { matching, pools } = draw.commit.value
  if (matching.mode === 'none') return undefined
  const rows = pools.map(({ authority, rows: people, draw: drawn }) => [
    authorityText(draw, authority),
    say.number(people),
    say.number(drawn),
  ])
  const how =
    matching.mode === 'teams' ? say('people.teams', { teams: matching.teams.count }) : say('people.subjects')
  const pair = draw.certificate?.value.pair
  return html`<section>
    <h2>${say('people.heading')}</h2>
    ${table(say('people.heading'), [say('people.authority'), ...['pool', 'drawn'].map((key) => ({ number: say(`people.${key}`) }))], rows)}
    <p>${how} ${pair && pairSentence(pair, say)} ${say('people.alias')}</p>
    ${draw.unassigned !== null && draw.unassigned > 0 && html`<p>${say('people.unassigned', { subjects: draw.unassigned })}</p>`}
  </section>`
}

/** How predictable the match was; where it was not at all left to chance, why. */
function pairSentence(pair: { readonly num: string; readonly den: string }, say: Say): string {
  return BigInt(pair.num) < BigInt(pair.den)
    ? say('people.pair', { chance: say.chance(pair, 'pair') })
    : say('people.pair_certain')
}

/** Observers, contributions, who started what, signatures. */
export function roomPart(draw: PublicDraw, { say, roleName }: Surroundings): Html {
  const { observers, putOut, close, presses } = draw
  const sum = (of: 'count' | 'contributed'): number => observers.reduce((total, line) => total + line[of], 0)
  const roles = observers.map(({ role, count, contributed }) => [
    roleText(role, { say, roleName }),
    say.number(count),
    say.number(contributed),
  ])
  const head = [say('room.role'), ...['count', 'contributed'].map((key) => ({ number: say(`room.${key}`) }))]
  const given = (close?.value.observers ?? []).map(
    ({ id, value, note }) => html`<li>${code(id)} ${note === undefined ? code(value) : html`“${note}”`}</li>`,
  )
  return html`<section>
    <h2>${say('room.heading')}</h2>
    <p>
      ${observers.length === 0 ? say('room.none') : say('room.observers', { count: sum('count'), contributed: sum('contributed') })}
    </p>
    ${
      putOut.length > 0 &&
      html`<p>
        ${say('room.put_out', {
          count: putOut.length,
          // A mark as it stands in hashed bytes, beside the moment.
          which: putOut
            .map(({ number, at }) => `${observerMark(number)} ${say.time(new Date(at))}`)
            .join(say('room.put_out_between')),
        })}
      </p>`
    }
    ${roles.length > 0 && table(say('room.heading'), head, roles)}
    ${
      given.length > 0 &&
      folded(
        say('room.contributions'),
        html`<ul>
          ${given}
        </ul>`,
      )
    }
    ${
      presses.length > 0 &&
      html`<h2>${say('room.presses')}</h2>
        <ul>
          ${presses.map((press) => html`<li>${pressText(press, say)}</li>`)}
        </ul>
        <p class="small">${say('room.press_note')}</p>`
    }
    ${signaturesPart(draw, say)}
    <p class="small">${say('room.keys')}</p>
  </section>`
}

/** What somebody in the room is. */
export function roleText(role: string, { say, roleName }: Pick<Surroundings, 'say' | 'roleName'>): string {
  return role === 'OTHER' ? say('room.other_role') : roleName(role)
}

function pressText({ stage, authority, instead, at }: PublicDraw['presses'][number], say: Say): string {
  const path = instead ? 'room.press_instead' : `room.press_${stage}`
  return say(path, { authority, at: say.time(at) })
}

function signaturesPart(draw: PublicDraw, say: Say): Html | undefined {
  const { signatures } = draw
  if (signatures.length === 0) return undefined
  const rows = signatures.map(({ of, by, key }) => [
    say(`room.of.${of}`),
    authorityText(draw, by),
    code(`${key.slice(0, 16)}…`),
  ])
  const head = ['signed', 'by', 'key'].map((column) => say(`room.${column}`))
  const title = `${say('room.signatures')} (${signatures.length})`
  return folded(title, table(say('room.signatures'), head, rows))
}

function authorityText({ authorities }: PublicDraw, of: string): Html {
  const name = authorities.get(of)
  return name === undefined ? code(of) : html`${name} ${code(of)}`
}
