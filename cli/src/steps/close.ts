// sunlot close: the observers' contributions, preflight, and the doors shut. After it nothing can be chosen.

import {
  buildClose,
  contributionOf,
  type PreflightFault,
  preflightOf,
  readCells,
  receiptHash,
} from '@sunlot/draw'
import { privateOf } from '../desk/draw-folder.ts'
import { CommandError } from '../errors.ts'
import {
  type Args,
  beforeOf,
  chinaTime,
  type Io,
  leafOf,
  needed,
  onDraw,
  option,
  options,
  perform,
  sign,
  type Step,
} from './step.ts'

/** Closes the draw of a folder. */
export async function run(args: Args, io: Io): Promise<number> {
  return onDraw(args, (step) => {
    const { commit, manifests, folder } = step.draw
    if (manifests.close) throw new CommandError('already_closed', { at: chinaTime(manifests.close.value.at) })
    refuseVoid(step)
    if (step.now > commit.value.close_by)
      throw new CommandError('close_late', {
        close_by: chinaTime(commit.value.close_by),
        now: chinaTime(step.now),
      })
    checkPreflight(step)
    const observers = options(args, 'observer').map((typed, i) =>
      contributionOf(commit.value.alg, i + 1, typed),
    )
    const close = buildClose(
      { ...commit, bytes: new Uint8Array() },
      { at: step.now, observers, ...(commit.value.sealed ? { escrow: escrowOf(args, step) } : {}) },
    )
    perform(
      step,
      folder,
      {
        files: new Map([['close.json', close.bytes]]),
        leaves: [leafOf(commit.value.draw_id, 'close', close.hash, step.now)],
        signatures: [sign(step.desk, commit.value.oversight, 'close', close.hash)],
      },
      beforeOf(step),
    )
    io.out(io.t('steps.closed', { observers: observers.length, hash: close.hash }))
    for (const o of observers)
      io.out(
        io.t('steps.receipt', {
          id: o.id,
          value: o.note ?? o.value,
          receipt: receiptHash(commit.value.alg, commit.hash, o),
        }),
      )
    return 0
  })
}

/** A draw that was voided is over. */
export function refuseVoid({ draw }: Pick<Step, 'draw'>): void {
  const end = draw.manifests.events.find((e) => e.event?.value.type === 'void')
  if (end) throw new CommandError('draw_void', { n: end.number })
}

function checkPreflight({ draw }: Step): void {
  const { commit, files } = draw
  if (commit.value.matching.mode === 'none') return
  const found = preflightOf(commit.value, files)
  if (found.faults.length > 0) throw preflightError(found.faults)
  const listed = new Map(
    readCells(files.read('short.tsv')).map(([id = '', authorities = '']) => [id, authorities]),
  )
  for (const [id, authorities] of found.short)
    if (listed.get(id) !== authorities.join())
      throw new CommandError('preflight_short', { id, authorities: authorities.join('、') })
}

/** Every breach in a sentence of its own. */
export function preflightError(faults: readonly PreflightFault[]): CommandError {
  return new CommandError(
    'preflight',
    { count: faults.length },
    {
      details: faults.slice(0, 20).map((f) => ({
        code: `preflight_${f.code}`,
        params: { id: f.id, found: f.found, allowed: f.allowed },
      })),
    },
  )
}

function escrowOf(args: Args, step: Step): { id: string; holder: string; at: number }[] {
  const servers = step.draw.commit.value.sources.filter((s) => s.kind === 'server')
  const holders = needed(args, 'escrow').split(',')
  const secrets = privateOf(step.draw.folder).sealed
  return servers.map((s, i) => {
    const holder = holders[i] ?? ''
    if (holder === s.holder || !secrets.some((x) => x.id === s.id))
      throw new CommandError('escrow_form', { id: s.id, given: option(args, 'escrow') ?? '' })
    return { id: s.id, holder, at: step.now }
  })
}
