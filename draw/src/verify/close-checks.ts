// The close: the room's contributions, the files once more, preflight, and the oversight's signature (checks 13–17).

import { utf8 } from '../bytes.ts'
import { hashHex } from '../hash.ts'
import { readCells } from '../lists/form.ts'
import type { Close, Contribution } from '../manifest/close.ts'
import type { Commitment } from '../manifest/commitment.ts'
import { joinedColumn } from '../people/register.ts'
import { preflight } from '../people/preflight.ts'
import { signatureHolds } from '../sign/signature.ts'
import { answer, because, type CheckFunction, type Context, listOf, withCommitment } from './context.ts'
import type { CheckId } from './checks.ts'
import { demandsOf, peopleOf } from './people.ts'
import { check, type Check, type Detail } from './report.ts'
import type { Loaded } from '../bundle/load.ts'

/** Runs a check that reads commitment and close; left out before the close. */
export function withClose(
  id: CheckId,
  work: (c: Loaded<Commitment>, close: Loaded<Close>, context: Context) => Check | undefined,
): CheckFunction {
  return withCommitment(id, (c, context) => {
    if (!context.files.names.includes('close.json')) return undefined
    const { close } = context.manifests
    return close ? work(c, close, context) : check(id, 'unknown', 'not_read', { file: 'close.json' })
  })
}

/** 13: it closes this commitment, in time. */
export const closeCommit = withClose('close.commit', (c, close) => {
  if (close.value.commit !== c.hash) return check('close.commit', 'no', 'other_commitment')
  if (close.value.at < c.value.at || close.value.at > c.value.close_by)
    return check('close.commit', 'no', 'closed_late', { at: close.value.at, close_by: c.value.close_by })
  return answer('close.commit', escrowFits(c.value, close.value) ? undefined : because('escrow'), {
    at: close.value.at,
  })
})

/** 14: the committed hashes once more. */
export const closeFiles = withClose('close.files', (c, close) => {
  const stated = c.value.lists.map((l) => `${l.name} ${l.hash ?? l.root}`).join('\n')
  const repeated = close.value.files.map((f) => `${f.name} ${f.hash}`).join('\n')
  return answer('close.files', stated === repeated ? undefined : because('close_files'), {
    files: close.value.files.length,
  })
})

/** 15: the observers' contributions. */
export const closeObservers = withClose('close.observers', (c, close) => {
  const { observers } = close.value
  const wrong = observers.find(
    (o, i) => o.id !== `o${String(i + 1).padStart(3, '0')}` || !isContribution(c.value.alg, o),
  )
  return answer('close.observers', wrong && because('contribution', { id: wrong.id }), {
    observers: observers.length,
  })
})

/** 16: preflight run again. */
export const closePreflight = withClose('close.preflight', (c, _close, context) => {
  if (c.value.matching.mode === 'none') return undefined
  if (!context.listsOpen) return check('close.preflight', 'unknown', 'sealed')
  if (context.level === 'L1') return check('close.preflight', 'unknown', 'needs_l2')
  const people = peopleOf(context)
  const demandOf = demandsOf(context, c.value)
  const short = listOf(context, 'short.tsv')
  if (!people || !demandOf || !short || !context.files.names.includes('population.tsv'))
    return check('close.preflight', 'unknown', 'missing', { file: 'short.tsv' })
  const found = preflight(c.value, populationOf(context), people, demandOf)
  const [fault] = found.faults
  if (fault)
    return check('close.preflight', 'no', fault.code, {
      id: fault.id,
      found: fault.found,
      allowed: fault.allowed,
    })
  return answer('close.preflight', shortFault(found.short, joinedColumn(short)), { short: found.short.size })
})

/** 17: the oversight authority signed the close. */
export const closeSigned = withClose('close.signed', (c, close, context) => {
  const { signatures } = context.manifests
  if (!signatures) return check('close.signed', 'unknown', 'not_read', { file: 'signatures.json' })
  const key = c.value.signers.find((s) => s.role === 'oversight')?.key
  const signed = signatures.value.signatures.some(
    (s) =>
      s.of === 'close' &&
      s.hash === close.hash &&
      s.by === c.value.oversight &&
      s.key === key &&
      signatureHolds(s),
  )
  return answer('close.signed', signed ? undefined : because('oversight_unsigned', { by: c.value.oversight }))
})

/** Whether a contribution is digits, or the hash of the text that it shows. */
export function isContribution(alg: Commitment['alg'], o: Contribution): boolean {
  if (o.note === undefined) return /^[0-9]{1,32}$/.test(o.value)
  return o.value === hashHex(alg, utf8(o.note))
}

function* populationOf(context: Context): Generator<{ id: string; stratum: string }> {
  for (const [id = '', stratum = ''] of readCells(context.files.read('population.tsv'))) yield { id, stratum }
}

function shortFault(
  found: ReadonlyMap<string, readonly string[]>,
  stated: ReadonlyMap<string, readonly string[]>,
): Detail | undefined {
  for (const [id, authorities] of found)
    if (stated.get(id)?.join() !== authorities.join()) return because('short_unlisted', { id })
  for (const id of stated.keys()) if (!found.has(id)) return because('short_extra', { id })
  return undefined
}

function escrowFits(c: Commitment, close: Close): boolean {
  if (!c.sealed) return close.escrow === undefined
  const servers = c.sources.filter((s) => s.kind === 'server')
  const escrow = close.escrow ?? []
  return (
    escrow.length === servers.length &&
    servers.every((s, i) => {
      const e = escrow[i]
      return e !== undefined && e.id === s.id && e.holder !== s.holder && e.at <= close.at
    })
  )
}
