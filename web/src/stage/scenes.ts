// The seven scenes.

import { h } from './dom.ts'
import { qrOf } from './qr.ts'
import type { Room } from './room-state.ts'
import { type Here, presses, spanText, values } from './scene-values.ts'
import { momentText, numberText, roleText, say, shortHash, stratumText, timeText } from './words.ts'

const LONG = 24
const MOST_NAMES = 24
const MOST_TEAMS = 18
const MOST_VISITS = 18
const ALIAS = 8
const LOCAL = /^(localhost|127\.|\[::1\])/

/** What stands on the screen in a scene. */
export function sceneOf(scene: Room['step'], room: Room, here: Here): readonly Node[] {
  switch (scene) {
    case 1:
      return frozen(room)
    case 2:
      return numbers(room, here)
    case 3:
      return values(room, here)
    case 4:
      return seed(room)
    case 5:
      return drawn(room)
    case 6:
      return inspectors(room)
    case 7:
      return checking(room)
  }
}

function frozen({ frozen: list, commit }: Room): readonly Node[] {
  if (!list) return []
  return [
    h('p', { class: 'figure' }, h('strong', {}, numberText(list.population)), ' ', say('households')),
    h('p', {}, say('of_which_excluded', { count: numberText(list.excluded) })),
    h(
      'div',
      { class: 'pair' },
      h(
        'section',
        {},
        h('h3', {}, say('fingerprint')),
        h('p', { class: 'mono big' }, shortHash(commit?.hash ?? '')),
        h('p', {}, say('frozen_at', { time: momentText(commit?.at ?? list.at) })),
        commit ? h('p', {}, say('witnesses', { count: commit.witnesses, quorum: commit.quorum })) : null,
      ),
      h(
        'section',
        {},
        h('h3', {}, say('stratum')),
        h(
          'ul',
          { class: 'strata' },
          list.strata
            .slice(0, 8)
            .map(({ code, rows, n }) =>
              h(
                'li',
                {},
                h('span', {}, stratumText(code)),
                h('b', {}, say('rows_n', { rows: numberText(rows), n: numberText(n) })),
              ),
            ),
        ),
      ),
    ),
    h('p', { class: 'claim' }, say('cannot_change')),
  ]
}

function numbers(room: Room, here: Here): readonly Node[] {
  const given = new Map(room.contributions.map((each) => [each.id, each]))
  return [
    h(
      'div',
      { class: 'room' },
      room.close ? null : room.renewed ? h('p', { class: 'warning' }, say('renewed')) : invitation(here),
      h(
        'div',
        { class: 'cards' },
        room.observers.length === 0 ? h('p', { class: 'fine' }, say('nobody_yet')) : null,
        room.observers.map(({ number, role, name, contributed }) => {
          const value = given.get(contributed ?? '')
          return h(
            'div',
            { class: value ? 'person has-given' : 'person' },
            h('span', {}, [String(number), roleText(role), ...(name === null ? [] : [name])].join(' · ')),
            h('b', {}, value ? (value.note ?? value.value) : say('present')),
          )
        }),
      ),
    ),
    closing(room, here),
  ]
}

function invitation({ code }: Here): Node {
  const address = `${location.origin}/c/${code}`
  return h(
    'div',
    { class: 'invitation' },
    qrOf(address, say('scan_to_join')),
    h('p', {}, say('scan_to_join')),
    h('p', { class: 'fine' }, say('or_type')),
    h('p', { class: 'mono address' }, address.replace(/^https?:\/\//, '')),
    LOCAL.test(location.host) ? h('p', { class: 'warning fine' }, say('local_address')) : null,
  )
}

function closing({ close, commit, contributions }: Room, { now }: Here): Node {
  if (close?.signed)
    return h(
      'p',
      { class: 'claim' },
      h('b', {}, `${say('closed')} ${shortHash(close.hash ?? '')} `),
      say('closed_what', { time: timeText(close.at), count: contributions.length }),
    )
  if (close) return h('p', { class: 'claim' }, say('closing'))
  return commit
    ? h('p', { class: 'claim' }, say('close_in', { left: spanText(Date.parse(commit.closeBy) - now) }))
    : h('p')
}

function seed(room: Room): readonly Node[] {
  const { commit, close, contributions, sources } = room
  const line = (name: string, value: string) => h('li', {}, h('span', {}, name), h('code', {}, value))
  return [
    h('p', {}, say('seed_lines')),
    h(
      'ul',
      { class: 'flows' },
      commit ? line(say('line_commit'), commit.hash) : null,
      close?.hash ? line(say('line_close', { count: contributions.length }), close.hash) : null,
      sources.map(({ kind, value }) => line(say(`source_${kind}`), value ?? '…')),
    ),
    h(
      'p',
      { class: 'claim seed' },
      h('b', {}, say('seed_is')),
      ' ',
      room.seed
        ? h('code', { class: 'wraps' }, room.seed)
        : say(room.state === 'drawing' ? 'drawing' : 'seed_later'),
    ),
    ...(room.seed ? [] : presses(room)),
  ]
}

/** A sealed list is not said before it opens. */
function isHidden({ isSealed, drawn: strata }: Room): boolean {
  return isSealed && strata.every(({ first }) => first.length === 0)
}

function drawn(room: Room): readonly Node[] {
  if (isHidden(room))
    return [
      h('p', { class: 'big' }, say('sealed_until', { time: momentText(room.openAt ?? room.now) })),
      h('p', {}, say('sealed_what')),
      h(
        'ul',
        { class: 'strata' },
        (room.frozen?.strata ?? []).map(({ code, rows, n }) =>
          h(
            'li',
            {},
            h('span', {}, stratumText(code)),
            h('b', {}, say('rows_n', { rows: numberText(rows), n: numberText(n) })),
          ),
        ),
      ),
    ]
  const shown = shares(room.drawn.map(({ n, first }) => Math.min(n, first.length)))
  return room.drawn.map(({ stratum, rows, n, first }, at) =>
    h(
      'section',
      { class: 'stratum' },
      h(
        'h3',
        {},
        stratumText(stratum),
        ' ',
        h('b', {}, say('rows_n', { rows: numberText(rows), n: numberText(n) })),
      ),
      h(
        'ul',
        { class: 'names' },
        first.slice(0, shown[at]).map(({ code, name }) => h('li', {}, name === '' ? code : name)),
        n > shown[at]!
          ? h('li', { class: 'fine' }, say('and_more', { count: numberText(n - shown[at]!) }))
          : null,
      ),
    ),
  )
}

/** How many of each are shown: what the smaller ones leave of the screen goes to the larger. */
function shares(counts: readonly number[]): readonly number[] {
  const shown = counts.map(() => 0)
  let left = MOST_NAMES
  for (let more = true; more && left > 0;)
    more = counts.reduce((any, count, at) => {
      if (left === 0 || shown[at]! >= count) return any
      shown[at]!++
      left--
      return true
    }, false)
  return shown
}

function inspectors(room: Room): readonly Node[] {
  const { inspectors: pools, teams, visits } = room
  if (!room.certificate) return [h('p', { class: 'big' }, say('seed_later'))]
  if (isHidden(room))
    return [h('p', { class: 'big' }, say('sealed_until', { time: momentText(room.openAt ?? room.now) }))]
  if (pools.length === 0) return [h('p', {}, say('no_inspectors'))]
  const cards =
    teams.length > 0
      ? teams.slice(0, MOST_TEAMS).map(({ team, aliases, load }) => ({
          title: `${team} · ${say('team_load', { count: numberText(load) })}`,
          aliases,
        }))
      : visits.slice(0, MOST_VISITS).map(({ code, name, aliases }) => ({ title: name || code, aliases }))
  return [
    h(
      'ul',
      { class: 'strata' },
      pools.map(({ authority, pool, drawn: n, least, most }) =>
        h(
          'li',
          {},
          h('span', {}, authority),
          h(
            'b',
            {},
            say('people_n', { pool: numberText(pool), n: numberText(n) }),
            ' · ',
            least === most
              ? say('load_same', { count: numberText(most) })
              : say('load_between', { least: numberText(least), most: numberText(most) }),
          ),
        ),
      ),
    ),
    h(
      'div',
      { class: 'cards' },
      cards.map(({ title, aliases }) =>
        h(
          'div',
          { class: aliases.length > 0 ? 'person has-given' : 'person' },
          h('span', {}, title),
          h(
            'b',
            { class: 'mono' },
            aliases.length > 0
              ? aliases.map((alias) => alias.slice(0, ALIAS)).join('  ')
              : say('nobody_found'),
          ),
        ),
      ),
    ),
    h('p', { class: 'fine' }, say('aliases_what')),
  ]
}

function checking({ certificate }: Room): readonly Node[] {
  if (!certificate) return [h('p', { class: 'big' }, say('seed_later'))]
  const address = new URL(certificate.page, location.origin).href
  return [
    h(
      'div',
      { class: 'pair' },
      h(
        'div',
        { class: 'invitation' },
        qrOf(address, say('scan_to_verify')),
        h('p', { class: 'mono address' }, address.replace(/^https?:\/\//, '')),
      ),
      h(
        'section',
        {},
        h('p', { class: 'big' }, say('scan_to_verify')),
        h('h3', {}, say('fingerprint')),
        h('p', { class: 'mono big' }, shortHash(certificate.hash, LONG)),
        h('p', {}, say('signed_by', { count: certificate.signedBy })),
        certificate.weak ? h('p', { class: 'warning' }, say('weak')) : null,
      ),
    ),
  ]
}
