// The sixth scene: of how many how many were drawn, and by alias who goes where.

import { h } from './dom.ts'
import type { Room } from './room-state.ts'
import type { Here } from './scene-values.ts'
import { pageAt } from './space.ts'
import { numberText, say } from './words.ts'

/** How long a page of people stands on the screen. */
export const TURN_MS = 12_000
const TEAMS_A_PAGE = 24
const PEOPLE_A_PAGE = 8
const MOST_VISITS = 8

/** Inspectors of every authority, then whole teams, or each with the subjects to which chance sent him. */
export function people(room: Room, { now }: Here): readonly Node[] {
  if (room.pools.length === 0) return [h('p', {}, say('people_later'))]
  const isTeams = room.teams.length > 0
  const { page, pages, cards } = isTeams ? teamCards(room, now) : personCards(room, now)
  return [
    h(
      'ul',
      { class: 'strata' },
      room.pools.map((pool) => h('li', {}, h('span', {}, pool.name), h('b', {}, poolText(room, pool)))),
    ),
    h('div', { class: isTeams ? 'cards' : 'cards visits' }, cards),
    h('p', { class: 'fine' }, say('aliases_what'), pages > 1 ? ` ${say('page_of', { page, pages })}` : ''),
  ]
}

function poolText(room: Room, { code, rows, n }: Room['pools'][number]): string {
  const said = say('pool_drawn', { rows: numberText(rows), n: numberText(n) })
  const loads = room.people.filter(({ authority }) => authority === code).map(({ load }) => load)
  if (loads.length === 0) return said
  const [least, most] = [Math.min(...loads), Math.max(...loads)]
  return `${said}${say('pool_load', { least: numberText(least), most: numberText(most) })}`
}

function teamCards({ teams }: Room, now: number) {
  const { items, ...place } = pageAt(teams, { each: TEAMS_A_PAGE, now, turnMs: TURN_MS })
  const cards = items.map(({ team, aliases, load }) =>
    h(
      'div',
      { class: 'person has-given' },
      h('span', {}, `${team} · ${say('team_load', { count: numberText(load) })}`),
      h('b', { class: 'mono' }, aliases.map((alias) => alias.slice(0, 8)).join('  ')),
    ),
  )
  return { ...place, cards }
}

function personCards({ people: all, pools }: Room, now: number) {
  const { items, ...place } = pageAt(all, { each: PEOPLE_A_PAGE, now, turnMs: TURN_MS })
  const nameOf = (code: string) => pools.find((pool) => pool.code === code)?.name ?? code
  const cards = items.map(({ authority, alias, load, subjects }) =>
    h(
      'div',
      { class: 'person has-given' },
      h('span', {}, nameOf(authority)),
      h('b', {}, h('code', {}, alias.slice(0, 8)), ` · ${say('team_load', { count: numberText(load) })}`),
      h(
        'ul',
        {},
        subjects.slice(0, MOST_VISITS).map((subject) => h('li', {}, subject)),
        load > MOST_VISITS ? h('li', {}, say('and_more', { count: numberText(load) })) : null,
      ),
    ),
  )
  return { ...place, cards }
}
