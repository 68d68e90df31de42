// 预检, once more over the frozen lists as they lie there: what would make a match impossible or steerable is found before
// any randomness exists.

import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { SYSTEM } from '../../platform/actor.ts'
import type { JobKind } from '../../platform/jobs/jobs.ts'
import { record } from '../../platform/record.ts'
import { found, type Refusal } from '../../platform/refusal.ts'
import { drawItself, lockDrawItself, stepDraw } from '../draws/draws.store.ts'
import { listsOfDraw } from '../draws/lists.store.ts'
import { commitmentOf } from '../draws/manifests.store.ts'
import type { DrawTools } from '../parts.ts'
import { runInWorker } from '../work/work.ts'
import { bumpRoom } from './rooms.store.ts'

export const PREFLIGHT = 'draw.preflight'

/** Which closing a preflight is for: contributions that were taken again make another one. */
export interface PreflightInput {
  readonly drawId: string
  readonly closingAt: string
}

/** The long part of a close. It may be repeated; of an earlier closing it changes nothing. */
export function preflightKind(tools: DrawTools): JobKind {
  const { database } = tools.recording
  return {
    name: PREFLIGHT,
    retries: 3,
    async run({ input, progress, hold }) {
      const { drawId, closingAt } = input as unknown as PreflightInput
      const isThis = (
        draw: { readonly state: string; readonly closingAt: Date | null } | undefined,
      ): boolean => draw?.state === 'closing' && draw.closingAt?.toISOString() === closingAt
      await progress(0, undefined, 'preflight')
      if (!isThis(await database.read((reader) => drawItself(reader, drawId)))) return { passed: false }
      const failure = await whyNotPassed(tools, drawId)
      const about = { type: 'draw', id: drawId }
      return record(tools.recording, SYSTEM, { action: PREFLIGHT, about }, async (writer) => {
        await hold(writer)
        if (!isThis(await lockDrawItself(writer, drawId))) return { passed: false }
        await stepDraw(
          writer,
          drawId,
          failure ? { failure } : { failure: null, preflightAt: tools.clock.now() },
        )
        await bumpRoom(writer, drawId)
        return { passed: !failure }
      })
    },
  }
}

/** Looks at every frozen list: that it is the one that was committed, and that it passes. */
async function whyNotPassed(tools: DrawTools, drawId: string): Promise<Refusal | undefined> {
  const { lists, commit } = await tools.recording.database.read(async (reader) => ({
    lists: (await listsOfDraw(reader, drawId)).filter(({ isResult }) => !isResult),
    commit: found(await commitmentOf(reader, drawId), 'commitment').value,
  }))
  return tools.files.clearFolder(async (folder) => {
    for (const { name, fileHash } of lists)
      if ((await tools.files.layOut(fileHash, join(folder, name))) !== fileHash)
        return { code: 'draw.frozen_differs', params: { list: name } }
    if (commit.matching.mode === 'none') return undefined
    const out = join(folder, 'short.again')
    const { faults } = await runInWorker('preflight', { folder, c: commit, out })
    if (faults.length > 0) return { code: 'draw.preflight_failed', params: { count: faults.length } }
    const again = await hashOfFile(out)
    const listed = lists.find(({ name }) => name === 'short.tsv')?.fileHash
    return again === listed ? undefined : { code: 'draw.frozen_differs', params: { list: 'short.tsv' } }
  })
}

async function hashOfFile(path: string): Promise<string> {
  const digest = createHash('sha256')
  for await (const chunk of createReadStream(path)) digest.update(chunk as Buffer)
  return digest.digest('hex')
}
