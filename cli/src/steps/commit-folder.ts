// Where a commitment is made: a folder beside its place, finished after a crash where it was logged, else emptied.

import { chmodSync, existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { loadManifests } from '@sunlot/draw'
import { privateOf } from '../desk/draw-folder.ts'
import { flushFolder, folderFiles, makeFolder } from '../desk/files.ts'
import type { LocalLog } from '../desk/local-log.ts'
import { settleStaged } from '../desk/staging.ts'
import { CommandError } from '../errors.ts'
import type { PlanFile } from '../plan-file/index.ts'
import { refuseBackdated } from './step.ts'

/** A commitment that was logged when the machine stopped has happened: its files are settled, and its draw is named. */
export function finishEarlier(log: LocalLog, work: string): string | undefined {
  if (!existsSync(work)) return undefined
  settleStaged(work, (act) => log.happened(act))
  const { commit } = loadManifests(folderFiles(join(work, 'oversight')))
  const logged = log.leaves().some((l) => l.type === 'commit' && l.hash === commit?.hash)
  return logged ? commit?.value.draw_id : undefined
}

/** Empties the folder in which the lists are made, whatever an interrupted run left; its kept steps stand beside it. */
export function makeReady(log: LocalLog, plan: PlanFile, work: string, now: number): void {
  refuseSecond(log, plan)
  refuseBackdated({ log, now })
  refuseLosing(log, work)
  for (const part of PARTS) rmSync(join(work, part), { recursive: true, force: true })
  makeFolder(work, 0o700)
  makeFolder(join(work, 'oversight'), 0o700)
}

/** Secrets of a draw that the log holds are never deleted, however little is left beside them. */
function refuseLosing(log: LocalLog, work: string): void {
  if (!existsSync(join(work, 'private', 'secrets.json'))) return
  const { draw } = privateOf(work)
  if (draw !== undefined && log.leaves().some((l) => l.type === 'commit' && l.draw === draw))
    throw new CommandError('secrets_kept', { work, draw })
}

/** From nothing to whole in one rename; what the freeze kept of any run, rows of the register among it, goes first. */
export function givePlace(work: string, folder: string): void {
  for (const name of readdirSync(work))
    if (!PARTS.includes(name)) rmSync(join(work, name), { recursive: true, force: true })
  chmodSync(work, 0o755)
  renameSync(work, folder)
  flushFolder(dirname(folder))
}

const PARTS: readonly string[] = ['oversight', 'public', 'private']

/** One open commitment for each draw of a plan entry; a voided one may be superseded. */
export function refuseSecond(log: LocalLog, plan: PlanFile): void {
  const leaves = log.leaves()
  const taken = leaves.find((l) => l.type === 'commit' && l.draw === plan.drawId)
  if (taken) throw new CommandError('draw_id_taken', { draw: plan.drawId })
  const same = leaves.filter(
    (l) => l.type === 'commit' && l.plan_ref === plan.plan.ref && l.draw_no === plan.plan.drawNo,
  )
  const open = same.find((l) => l.hash !== plan.supersedes)
  if (open)
    throw new CommandError('plan_draw_taken', {
      ref: plan.plan.ref,
      draw_no: plan.plan.drawNo,
      draw: open.draw,
    })
}
