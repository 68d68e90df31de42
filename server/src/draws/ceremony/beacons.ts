// drand's beacon is asked for as soon as its round may exist. Its signature decides: whoever answers cannot invent one.

import type { FreshSource } from '@sunlot/draw'
import { SYSTEM } from '../../platform/actor.ts'
import { record } from '../../platform/record.ts'
import { lockDrawItself } from '../draws/draws.store.ts'
import { whyNotStep } from '../draws/steps.rules.ts'
import type { DrawTools } from '../parts.ts'
import { whyNotValues } from './ceremony.representation.ts'
import { bumpRoom } from './rooms.store.ts'
import { beaconOf, bornAt, valueStateOf, whyNotBeacon } from './values.rules.ts'
import { insertBeacon, type ValueKey, waitingForBeacons } from './values.store.ts'
import { caseOf, casesOf, valuesOf } from './values.ts'

const CHAIN = '52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971'
const PATIENCE_MS = 3_000
const FIRST_PAUSE_MS = 5_000
const LONGEST_PAUSE_MS = 60_000
const MOST_BYTES = 4_096

/** When a beacon that did not answer is asked for again. Only to spare the network: forgotten with the process. */
const pauses = new Map<string, { readonly until: number; readonly ms: number }>()

/** Fetches the beacons that are due, of draws and of announced substitutes. Without addresses it does nothing, ever. */
export async function fetchBeacons(tools: DrawTools, now: Date): Promise<void> {
  if (tools.drand.length === 0) return
  for (const key of await dueBeacons(tools, now)) {
    const name = `${key.drawId} ${key.eventN} ${key.source}`
    if ((pauses.get(name)?.until ?? 0) > now.getTime()) continue
    const signature = await askAll(tools.drand, key.round)
    if (signature !== undefined && (await take(tools, key, signature))) pauses.delete(name)
    else {
      const ms = Math.min(LONGEST_PAUSE_MS, 2 * (pauses.get(name)?.ms ?? FIRST_PAUSE_MS / 2))
      pauses.set(name, { until: now.getTime() + ms, ms })
    }
  }
}

function dueBeacons(
  tools: DrawTools,
  now: Date,
): Promise<readonly (ValueKey & { readonly round: number })[]> {
  return tools.recording.database.read(async (reader) => {
    const due: (ValueKey & { round: number })[] = []
    for (const of of await waitingForBeacons(reader)) {
      if (await whyNotValues(reader, { log: tools.log, now }, { id: of.drawId, eventN: of.eventN })) continue
      const values = await valuesOf(reader, of.drawId, of.eventN)
      const beacons = (values?.sources ?? []).filter((source) => isDue(source, now))
      for (const { source, ...rest } of await casesOf(reader, of, beacons))
        if (source.kind === 'drand' && valueStateOf({ source, ...rest }, now) === 'typing')
          due.push({ ...of, source: source.id, round: source.round })
    }
    return due
  })
}

function isDue(source: FreshSource, now: Date): boolean {
  return source.kind === 'drand' && now.getTime() >= bornAt(source) * 1000
}

/** Each address in turn; what does not answer, or answers otherwise, is passed over. */
async function askAll(addresses: readonly string[], round: number): Promise<string | undefined> {
  for (const address of addresses) {
    const signature = await ask(`${address.replace(/\/$/, '')}/${CHAIN}/public/${round}`).catch(
      () => undefined,
    )
    if (signature !== undefined) return signature
  }
  return undefined
}

async function ask(url: string): Promise<string | undefined> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS), redirect: 'error' })
  if (!answer.ok) return undefined
  const text = await answer.text()
  if (text.length > MOST_BYTES) return undefined
  const { signature } = JSON.parse(text) as { readonly signature?: unknown }
  return typeof signature === 'string' ? signature : undefined
}

/** Whether it was this round's. Somebody may have typed it meanwhile. */
function take(tools: DrawTools, key: ValueKey, signature: string): Promise<boolean> {
  const { recording, clock } = tools
  const about = { type: 'draw', id: key.drawId }
  return record(recording, SYSTEM, { action: 'draw.fetchBeacon', about }, async (writer) => {
    const draw = await lockDrawItself(writer, key.drawId)
    if (!draw || whyNotStep(draw.state, 'type')) return false
    const { value } = await caseOf(writer, key)
    const given = whyNotBeacon(value, signature, clock.now())
    if ('refusal' in given) return false
    await insertBeacon(writer, key, { ...beaconOf(given.value), settledAt: clock.now() })
    await bumpRoom(writer, key.drawId)
    return true
  })
}
