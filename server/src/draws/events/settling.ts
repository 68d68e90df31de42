// A substitute's source has spoken: the library says who enters, the values file says it for ever, the rows follow.

import { type Commitment, eventName, eventValuesName, hashHex, type JsonObject } from '@sunlot/draw'
import { SYSTEM } from '../../platform/actor.ts'
import type { Writer } from '../../platform/database/database.ts'
import { record } from '../../platform/record.ts'
import { found } from '../../platform/refusal.ts'
import { bumpRoom } from '../ceremony/rooms.store.ts'
import { settledValues } from '../ceremony/values.ts'
import { type DrawRow, lockDrawItself } from '../draws/draws.store.ts'
import { manifestsOf, writeManifest } from '../draws/manifests.store.ts'
import { leafPlace, type LeafPlace } from '../draws/places.ts'
import { eachAlone } from '../each-alone.ts'
import type { DrawTools } from '../parts.ts'
import { valuesFile } from './chain.rules.ts'
import { openSubstitutes, settledSources, settleEvent } from './events.store.ts'
import { changePost, personBehind } from './outcomes.store.ts'
import { replacementOfEvent, stepReplacement } from './replacements.store.ts'
import { triedWith } from './trial.ts'

/** Settles the substitutes whose value is there, once the log's witnesses have seen their events. */
export async function settleFresh(tools: DrawTools, now: Date): Promise<void> {
  const due = await tools.recording.database.read((reader) => settledSources(reader))
  await eachAlone(due, async ({ drawId, n, leafId }) => {
    const place = leafId === null ? undefined : await leafPlace(tools, String(leafId))
    if (!place) return
    const act = { action: 'replacement.settle', about: { type: 'draw', id: drawId } } as const
    await record(tools.recording, SYSTEM, act, (writer) =>
      settleOne(writer, tools, { drawId, n, place, now }),
    )
  })
}

async function settleOne(
  writer: Writer,
  tools: DrawTools,
  of: { readonly drawId: string; readonly n: number; readonly place: LeafPlace; readonly now: Date },
): Promise<void> {
  const { drawId, n, place, now } = of
  const draw = found(await lockDrawItself(writer, drawId), 'draw')
  const leaving = (await openSubstitutes(writer, drawId)).find((each) => each.n === n)
  // Another server was faster.
  if (!leaving) return
  const [value] = found(await settledValues(writer, drawId, n), 'value')
  const manifests = await manifestsOf(writer, drawId)
  const { hash } = found(manifests.get(eventName(n)), 'event')
  const bytes = valuesFile(hash, value as unknown as JsonObject, place)
  const name = eventValuesName(n)
  const after = await triedWith(writer, tools, drawId, [[name, bytes]])
  const entered = new Map(after.entered).get(n) ?? ''
  const { alg } = JSON.parse(found(manifests.get('commit.json'), 'commitment').body) as Commitment
  await writeManifest(writer, { drawId, name, built: { bytes, hash: hashHex(alg, bytes) }, at: now })
  await settleEvent(writer, drawId, { n, entered, now })
  if (entered !== '')
    await changePost(writer, drawId, { place: leaving.place, leaver: leaving.alias, enters: entered, n })
  const state = entered === '' ? 'unfilled' : 'substituted'
  const row = await replacementOfEvent(writer, drawId, n)
  if (row) await stepReplacement(writer, row.id, { state, ended_at: now })
  await tellOutcome(writer, tools, draw, { entered, leaver: leaving.alias, replacementId: row?.id, now })
  await bumpRoom(writer, drawId)
}

/** Tells who comes and who goes; and the lead, whose visit goes on. */
async function tellOutcome(
  writer: Writer,
  { tell }: Pick<DrawTools, 'tell'>,
  draw: DrawRow,
  of: {
    readonly entered: string
    readonly leaver: string
    readonly replacementId: string | undefined
    readonly now: Date
  },
): Promise<void> {
  const { entered, leaver, replacementId, now } = of
  const params = { draw: draw.name, task: draw.taskName }
  const goes = await personBehind(writer, draw.id, leaver)
  const comes = entered === '' ? undefined : await personBehind(writer, draw.id, entered)
  const link = replacementId === undefined ? '/draws/replacements' : `/draws/replacements/${replacementId}`
  const code = entered === '' ? 'replacement.unfilled' : 'replacement.substituted'
  if (goes) await tell(writer, { code, personIds: [goes], params, link, now })
  if (comes)
    await tell(writer, {
      code: 'replacement.comes',
      personIds: [comes],
      params,
      link: '/draws/replacements',
      now,
    })
}
