// A substitute's source has spoken: the library says who enters, the values file says it for ever, the rows follow.

import { eventName, eventValuesName, hashHex, type JsonObject } from '@sunlot/draw'
import { SYSTEM } from '../../platform/actor.ts'
import type { Writer } from '../../platform/database/database.ts'
import { record } from '../../platform/record.ts'
import { againWhereMoved, found } from '../../platform/refusal.ts'
import { bumpRoom } from '../ceremony/rooms.store.ts'
import { settledValues } from '../ceremony/values.ts'
import { type DrawRow, lockDrawItself } from '../draws/draws.store.ts'
import { commitmentIn, manifestsOf, writeManifest } from '../draws/manifests.store.ts'
import { eventPlace, type LeafPlace } from '../draws/places.ts'
import { eachAlone } from '../each-alone.ts'
import type { DrawTools } from '../parts.ts'
import { valuesFile } from './chain.rules.ts'
import { openSubstitutes, settledSources, settleEvent } from './events.store.ts'
import { changePost, personBehind } from './outcomes.store.ts'
import { replacementOfEvent, stepReplacement } from './replacements.store.ts'
import { demandTried, type Trial, triedWith } from './trial.ts'

type Leaving = Awaited<ReturnType<typeof openSubstitutes>>[number]

/**
 * Settles the substitutes whose value is there, where the log's witnesses had seen their events before. What was seen later waits:
 * nobody shows that its source was named before it spoke, and a witness may yet bring what he signed in time.
 */
export async function settleFresh(tools: DrawTools, now: Date): Promise<void> {
  const due = await tools.recording.database.read((reader) => settledSources(reader))
  await eachAlone(due, async ({ drawId, n, leafId, source }) => {
    const place = await eventPlace(tools, { leafId, source })
    if (!place) return
    await againWhereMoved(() => settleOne(tools, { drawId, n, place, now }))
  })
}

interface Settling {
  readonly drawId: string
  readonly n: number
  readonly place: LeafPlace
  readonly now: Date
}

/** Asks the library who enters, then writes it; where anything else happened to the draw meanwhile, neither. Throws Moved. */
async function settleOne(tools: DrawTools, of: Settling): Promise<void> {
  const { drawId, n, place } = of
  const trial = await triedWith(tools, async (reader) => {
    const leaving = (await openSubstitutes(reader, drawId)).find((each) => each.n === n)
    // Another server was faster.
    if (!leaving) return undefined
    const [value] = found(await settledValues(reader, drawId, n), 'value')
    const manifests = await manifestsOf(reader, drawId)
    const { hash } = found(manifests.get(eventName(n)), 'event')
    const bytes = valuesFile(hash, value as unknown as JsonObject, place)
    return { drawId, manifests, leaving, bytes, added: [[eventValuesName(n), bytes]] as const }
  })
  if (!trial) return
  const act = { action: 'replacement.settle', about: { type: 'draw', id: drawId } } as const
  await record(tools.recording, SYSTEM, act, (writer) => writeSettled(writer, tools, of, trial))
}

async function writeSettled(
  writer: Writer,
  tools: DrawTools,
  { drawId, n, now }: Settling,
  trial: Trial & { readonly of: { readonly leaving: Leaving; readonly bytes: Uint8Array } },
): Promise<void> {
  const draw = found(await lockDrawItself(writer, drawId), 'draw')
  const manifests = await manifestsOf(writer, drawId)
  const { leaving, bytes } = trial.of
  const name = eventValuesName(n)
  const after = demandTried(trial, manifests, [[name, bytes]])
  const entered = new Map(after.entered).get(n) ?? ''
  const { alg } = found(commitmentIn(manifests), 'commitment')
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
