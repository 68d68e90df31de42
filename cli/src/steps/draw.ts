// sunlot draw: takes the later values, draws, matches, certifies. One certificate per commitment; there is no second draw.

import {
  buildCertificate,
  computeDraw,
  explainInfeasible,
  parseCheckpoint,
  type SourceValue,
} from '@sunlot/draw'
import { privateOf } from '../desk/draw-folder.ts'
import { CommandError } from '../errors.ts'
import { refuseVoid } from './close.ts'
import { infeasibleSentences } from './infeasible.ts'
import { type Args, beforeOf, chinaTime, type Io, leafOf, onDraw, perform, sign, type Step } from './step.ts'
import { takeValues } from './values.ts'

/** Draws a closed draw. */
export async function run(args: Args, io: Io): Promise<number> {
  return onDraw(args, (step) => {
    const { commit, manifests, folder, files } = step.draw
    if (manifests.certificate) throw new CommandError('already_drawn', { hash: manifests.certificate.hash })
    refuseVoid(step)
    const { close } = manifests
    if (!close) throw new CommandError('not_closed', { folder })
    const later = commit.value.sources.filter((s) => s.kind !== 'close' && s.kind !== 'server')
    if (step.now > commit.value.certify_by)
      io.out(
        io.t('notes.draw_late', {
          certify_by: chinaTime(commit.value.certify_by),
          now: chinaTime(step.now),
        }),
      )
    const insiders = commit.value.signers.map((s) => s.by)
    const given = takeValues(args, step, later, { of: { commit: commit.hash }, insiders })
    const values: SourceValue[] = [{ id: 'close', value: close.hash }, ...given.values]
    const secrets = commit.value.sealed ? privateOf(folder).sealed : []
    const byId = new Map([...values, ...secrets].map((v) => [v.id, v.value]))
    const all = commit.value.sources.map((s) => ({ id: s.id, value: byId.get(s.id) ?? '' }))
    const built = { ...commit, bytes: new Uint8Array() }
    io.out(io.t('steps.drawing', { population: commit.value.register.rows }))
    const result = computeDraw(built, all, files)
    const certificate = buildCertificate(result, {
      commit: built,
      close: { ...close, bytes: new Uint8Array() },
      values,
      at: step.now,
      log: placesInLog(step),
      sealedSecret: secrets.map((s) => s.value).join(''),
    })
    perform(
      step,
      folder,
      {
        files: new Map([...result.lists, ['certificate.json', certificate.bytes]]),
        leaves: [...given.leaves, leafOf(commit.value.draw_id, 'cert', certificate.hash, step.now)],
        signatures: [...given.signatures, sign(step.desk, commit.value.authority, 'cert', certificate.hash)],
      },
      { ...beforeOf(step), checkpoint: certificate.value.log.checkpoint },
    )
    const drawn = result.subjects.drawn.length
    io.out(io.t('steps.drawn', { drawn, seed: result.seed, hash: certificate.hash, folder }))
    if (given.signedHere) io.out(io.t('notes.outsiders_one_desk'))
    for (const left of result.people?.left ?? [])
      for (const proof of left.certificates.slice(0, 5))
        for (const sentence of infeasibleSentences(io, explainInfeasible(left.problem, proof)))
          io.out(sentence)
    return 0
  })
}

/** Plan, commitment and close under the checkpoint that was cosigned when the draw was closed. */
function placesInLog(step: Step) {
  const { manifests, commit } = step.draw
  const checkpoint = manifests.proofs?.value.checkpoint ?? ''
  const size = parseCheckpoint(checkpoint)?.size ?? 0
  const index = (type: string, hash: string | undefined): number => {
    const leaf = step.log.leaves().find((l) => l.type === type && l.hash === hash)
    if (!leaf || leaf.index >= size) throw new CommandError('leaf_not_in_log', { type })
    return leaf.index
  }
  return {
    checkpoint,
    plan: step.log.tree.place(index('plan', commit.value.plan.hash), size),
    commit: step.log.tree.place(index('commit', commit.hash), size),
    close: step.log.tree.place(index('close', manifests.close?.hash), size),
  }
}
