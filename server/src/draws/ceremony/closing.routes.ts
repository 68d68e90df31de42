// 封口: contributions stop, preflight runs, the oversight authority signs the hash that it sees, and the log says so.

import { personOf, type Route, write, type WriteContext } from '../../platform/http/route.ts'
import { ById } from '../../platform/http/shapes.ts'
import { demand, found } from '../../platform/refusal.ts'
import type { Writer } from '../../platform/database/database.ts'
import { type DrawRow, preparedOf, stepDraw } from '../draws/draws.store.ts'
import { secretsOf, signAs } from '../draws/keys.ts'
import { appendLeaf, commitmentOf, writeManifest } from '../draws/manifests.store.ts'
import { pooledPersons } from '../freeze/freeze.store.ts'
import type { DrawsParts } from '../parts.ts'
import { countersignatureOf, openCeremony } from './ceremony.representation.ts'
import { Ceremony, Closing } from './ceremony.schema.ts'
import { buildCloseOf } from './close.ts'
import {
  whyNotBeginClose,
  whyNotClose,
  whyNotCountersign,
  whyNotEscrowed,
  whyNotReopen,
} from './closing.rules.ts'
import { PREFLIGHT } from './preflight.ts'
import { lockedDraw } from './locked.ts'
import { bumpRoom } from './rooms.store.ts'

/** The acts of a close. */
export function closeRoutes(parts: DrawsParts): readonly Route[] {
  const show = openCeremony(parts)
  const { quorum } = parts.log.policy
  const act = { method: 'POST', about: 'draw', replies: { 200: Ceremony } } as const
  return [
    write({
      ...act,
      path: '/draws/{id}/countersignature',
      action: 'draw.countersign',
      summary: '监督部门在承诺上签字：允许的回避冲突超过四分之一时需要',
      schema: { params: ById },
      async handler(context) {
        const { writer, params, now } = context
        const draw = await lockedDraw(context, params.id, 'draw.countersign')
        demand(whyNotCountersign(draw, await countersignatureOf(writer, draw)))
        const { hash } = found(await commitmentOf(writer, draw.id), 'commitment')
        const authorityId = draw.oversightAuthorityId
        await signAs(writer, parts, { drawId: draw.id, authorityId, tag: 'commit', hash, now })
        await bumpRoom(writer, draw.id)
        return show(writer, context, { id: draw.id })
      },
    }),
    write({
      ...act,
      path: '/draws/{id}/closing',
      action: 'draw.beginClose',
      summary: '停止现场贡献并预检；通过后由监督部门签字封口',
      schema: { params: ById },
      async handler(context) {
        const { writer, params, now, newId } = context
        const draw = await lockedDraw(context, params.id, 'draw.beginClose')
        demand(whyNotBeginClose(draw, { quorum, now }))
        const by = personOf(context as WriteContext).personId
        await demandOutside(writer, draw, by)
        await demandEscrow(parts, writer, draw)
        const jobId = newId()
        await parts.jobs.ask(writer, {
          id: jobId,
          kind: PREFLIGHT,
          input: { drawId: draw.id, closingAt: now.toISOString() },
          requestedBy: by,
          authorityId: draw.leadAuthorityId,
        })
        const closing = { closingById: by, closingAt: now, preflightAt: null, failure: null, jobId }
        await stepDraw(writer, draw.id, { state: 'closing', ...closing })
        await bumpRoom(writer, draw.id)
        return show(writer, context, { id: draw.id })
      },
    }),
    write({
      ...act,
      path: '/draws/{id}/reopening',
      action: 'draw.reopen',
      summary: '重新接受现场贡献；监督部门签字前可以',
      schema: { params: ById },
      async handler(context) {
        const { writer, params, now } = context
        const draw = await lockedDraw(context, params.id, 'draw.reopen')
        demand(whyNotReopen(draw, { quorum, now }))
        const open = { closingById: null, closingAt: null, preflightAt: null, failure: null }
        await stepDraw(writer, draw.id, { state: 'committed', ...open })
        await bumpRoom(writer, draw.id)
        return show(writer, context, { id: draw.id })
      },
    }),
    write({
      ...act,
      path: '/draws/{id}/close',
      action: 'draw.close',
      summary: '监督部门签字封口，写入公开日志；此后谁也不能再选择任何东西',
      schema: { params: ById, body: Closing },
      async handler(context) {
        const { writer, params, body, now } = context
        const draw = await lockedDraw(context, params.id, 'draw.close')
        const by = personOf(context as WriteContext).personId
        const { isNeeded, isSigned } = await countersignatureOf(writer, draw)
        demand(whyNotClose(draw, { by, isUnsigned: isNeeded && !isSigned, quorum, now }))
        await demandOutside(writer, draw, by)
        await demandEscrow(parts, writer, draw)
        const built = await buildCloseOf(writer, draw)
        const { hash } = built
        demand(body.hash === hash ? undefined : { code: 'draw.hash_differs', params: { hash } })
        const at = Math.floor(now.getTime() / 1000)
        const leafId = await appendLeaf(writer, draw.id, {
          v: 'vdp1',
          type: 'close',
          draw: draw.name,
          hash,
          at,
        })
        await writeManifest(writer, { drawId: draw.id, name: 'close.json', built, leafId, at: now })
        const authorityId = draw.oversightAuthorityId
        await signAs(writer, parts, { drawId: draw.id, authorityId, tag: 'close', hash, now })
        const closed = { closeHash: hash, closedById: by, closedAt: now }
        await stepDraw(writer, draw.id, { state: 'closed', ...closed })
        await bumpRoom(writer, draw.id)
        return show(writer, context, { id: draw.id })
      },
    }),
  ]
}

/** Nobody closes a draw that he may be drawn in. */
async function demandOutside(writer: Writer, { id }: Pick<DrawRow, 'id'>, by: string): Promise<void> {
  const [pooled] = await pooledPersons(writer, id, [by])
  demand(pooled && { code: 'draw.own_pool', params: { person: pooled.name } })
}

/** Of a sealed draw both secrets are opened and held against the commitment: a lost one could never open the list. */
async function demandEscrow(
  { secrets }: Pick<DrawsParts, 'secrets'>,
  writer: WriteContext['writer'],
  draw: Pick<DrawRow, 'id' | 'isSealed'>,
): Promise<void> {
  if (!draw.isSealed) return
  const { value } = found(await commitmentOf(writer, draw.id), 'commitment')
  const cipher = (await preparedOf(writer, draw.id))?.secretsCipher
  demand(whyNotEscrowed(value, cipher ? opened(secrets, cipher) : []))
}

function opened(secrets: DrawsParts['secrets'], cipher: string): ReturnType<typeof secretsOf>['sealed'] {
  try {
    return secretsOf(secrets, cipher).sealed
  } catch {
    // Another key file than the one it was closed with: the same as lost.
    return []
  }
}
