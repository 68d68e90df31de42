// What stands on the phone, card by card: the next act first, then what was done.

import { h } from './dom.ts'
import type { Identity } from './identity.ts'
import type { Room, Source } from './room-state.ts'
import { endText, momentText, numberText, roleCodes, roleText, say, shortHash, timeText } from './words.ts'

/** What somebody can do. */
export interface Hands {
  readonly join: (role: string, name: string) => Promise<void>
  readonly add: (text: string) => Promise<void>
  readonly signRecord: (source: Source) => Promise<void>
  readonly signCertificate: () => Promise<void>
}

interface Doing {
  readonly hands: Hands
  readonly isBusy: boolean
}

const MOST_TEXT = 60
const MOST_NAME = 30
const SHORT = 16

/** The cards of now. */
export function cardsOf(room: Room, identity: Identity | undefined, doing: Doing): readonly Node[] {
  const joined = identity?.token !== undefined
  return [
    ...(room.ended ? [ended(room.ended)] : []),
    ...(room.stale && !room.ended ? [h('p', { class: 'card warning' }, say('stale'))] : []),
    ...(joined || room.ended ? [] : [joining(doing)]),
    ...(joined && identity ? [...signing(room, identity, doing), ...adding(room, identity, doing)] : []),
    ...receipts(room, identity),
    ...certificate(room, identity, doing),
    standing(room),
  ]
}

function joining({ hands, isBusy }: Doing): Node {
  const roles = roleCodes().map((role) => {
    const id = `role-${role}`
    return h(
      'label',
      { class: 'choice', for: id },
      h('input', { type: 'radio', name: 'role', id, value: role, required: true }),
      roleText(role),
    )
  })
  const name = h('input', { type: 'text', id: 'name', maxlength: String(MOST_NAME), autocomplete: 'off' })
  const form = h(
    'form',
    {
      class: 'card main-card',
      submit: (event) => {
        event.preventDefault()
        const chosen = form.querySelector<HTMLInputElement>('input[name=role]:checked')
        if (chosen) void hands.join(chosen.value, name.value.trim())
      },
    },
    h('h2', {}, say('join')),
    h('p', {}, say('join_what')),
    h('fieldset', {}, h('legend', {}, say('role')), roles),
    h('label', { for: 'name' }, say('name')),
    name,
    h('p', { class: 'fine' }, say('name_what')),
    button(say('join_verb'), isBusy),
  )
  return form
}

function adding(room: Room, identity: Identity, { hands, isBusy }: Doing): readonly Node[] {
  if (identity.given && identity.receipt) return []
  if (room.state !== 'committed' && !identity.given)
    return room.close ? [h('p', { class: 'card' }, say('too_late'))] : []
  const text = h('input', { type: 'text', id: 'text', maxlength: String(MOST_TEXT), autocomplete: 'off' })
  // What was taken and not yet signed is signed with the next press.
  if (identity.given) text.value = identity.given.note ?? identity.given.value
  const form = h(
    'form',
    {
      class: 'card main-card',
      submit: (event) => {
        event.preventDefault()
        const typed = text.value.trim().normalize('NFC')
        if (typed !== '') void hands.add(typed)
      },
    },
    h('h2', {}, say('add')),
    h('p', {}, say('add_what')),
    h('label', { for: 'text' }, say('add_label')),
    text,
    room.commit ? h('p', { class: 'fine' }, say('add_until', { time: timeText(room.commit.closeBy) })) : null,
    button(say('add_verb'), isBusy),
  )
  return [form]
}

/** The record of a value that carries this phone's mark. */
function signing(room: Room, identity: Identity, { hands, isBusy }: Doing): readonly Node[] {
  const { mark = '' } = identity
  return room.sources
    .filter(({ by, recordHash }) => recordHash !== null && by.includes(mark))
    .map((source) =>
      source.signed.includes(mark)
        ? h('p', { class: 'card done' }, say('signed_record', { hash: shortHash(source.recordHash ?? '') }))
        : h(
            'section',
            { class: 'card main-card' },
            h('h2', {}, say('outsider')),
            h('p', {}, say(source.kind === 'dice' ? 'outsider_dice' : 'outsider_lottery')),
            h('p', { class: 'value' }, spaced(source)),
            h('p', { class: 'fine' }, say('thrown_at', { time: timeText(source.at ?? '') })),
            h('p', { class: 'fine mono' }, source.recordHash ?? ''),
            button(say('outsider_verb'), isBusy, () => void hands.signRecord(source)),
            h('p', { class: 'fine' }, say('outsider_differs')),
          ),
    )
}

/** Eyes of dice one by one, as they lie on the table; numbers of a lottery as they are written. */
function spaced({ kind, value }: Source): string {
  return kind === 'dice' ? [...(value ?? '')].join(' ') : (value ?? '')
}

function receipts(room: Room, identity: Identity | undefined): readonly Node[] {
  if (!identity?.given) return []
  const { given, receipt } = identity
  const isListed = room.contributions.some(({ id, value }) => id === given.id && value === given.value)
  return [
    h(
      'section',
      { class: 'card done' },
      h('h2', {}, say('receipt', { number: given.id })),
      h('p', { class: 'value' }, given.note ?? given.value),
      receipt === undefined ? null : h('p', { class: 'fine mono' }, receipt),
      h('p', { class: isListed ? 'fine' : 'warning' }, say(isListed ? 'listed' : 'not_listed')),
    ),
  ]
}

function certificate(room: Room, identity: Identity | undefined, { hands, isBusy }: Doing): readonly Node[] {
  if (!room.certificate) return []
  const { hash, page } = room.certificate
  const isSigned = identity?.signed.includes(hash) === true
  return [
    h(
      'section',
      { class: 'card main-card' },
      h('h2', {}, say('certificate')),
      h('p', { class: 'mono' }, shortHash(hash, SHORT)),
      h('p', {}, h('a', { href: page, target: '_blank', rel: 'noopener' }, say('certificate_page'))),
      identity?.token === undefined
        ? null
        : isSigned
          ? h('p', { class: 'done' }, say('signed_certificate'))
          : h(
              'div',
              {},
              h('p', { class: 'fine' }, say('certificate_what')),
              button(say('certificate_verb'), isBusy, () => void hands.signCertificate()),
            ),
    ),
  ]
}

/** Where the draw stands, for whoever only looks on. */
function standing(room: Room): Node {
  const { frozen, commit, close, sources } = room
  const drawn = room.drawn.reduce((sum, { n }) => sum + n, 0)
  return h(
    'section',
    { class: 'card quiet' },
    h('h2', {}, say('standing')),
    h(
      'ol',
      { class: 'steps' },
      frozen
        ? h('li', {}, say('step_frozen', { count: numberText(frozen.population), time: timeText(frozen.at) }))
        : null,
      commit
        ? h(
            'li',
            {},
            say('step_committed', { hash: shortHash(commit.hash) }),
            ' ',
            commit.witnesses >= commit.quorum
              ? say('witnessed', { count: commit.witnesses })
              : say('awaiting_witnesses'),
          )
        : null,
      h('li', {}, say('step_added', { count: room.contributions.length })),
      close?.signed
        ? h('li', {}, say('step_closed', { hash: shortHash(close.hash ?? ''), time: timeText(close.at) }))
        : null,
      sources
        .filter(({ state }) => state === 'settled')
        .map(({ kind, value }) =>
          h(
            'li',
            { class: 'wraps' },
            say('step_value', { source: say(`source_${kind}`), value: value ?? '' }),
          ),
        ),
      room.seed ? h('li', {}, say('step_seed', { hash: shortHash(room.seed, SHORT) })) : null,
      room.certificate
        ? h(
            'li',
            {},
            room.isSealed && room.drawn.length === 0
              ? say('step_sealed', { time: momentText(room.openAt ?? room.now) })
              : say('step_drawn', { count: numberText(drawn) }),
          )
        : null,
    ),
  )
}

function ended({ reason }: NonNullable<Room['ended']>): Node {
  return h('p', { class: 'card warning' }, endText(reason))
}

function button(verb: string, isBusy: boolean, onPress?: () => void): HTMLButtonElement {
  const type = onPress ? 'button' : 'submit'
  return h(
    'button',
    { type, disabled: isBusy, class: 'primary', ...(onPress ? { click: onPress } : {}) },
    verb,
  )
}
