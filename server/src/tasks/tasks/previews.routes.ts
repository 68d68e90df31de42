import { findAuthority, seenIn } from '../../agencies/index.ts'
import { dayOf } from '../../platform/clock.ts'
import type { Reader } from '../../platform/database/database.ts'
import { read, type Route } from '../../platform/http/route.ts'
import { canOf, demand, found } from '../../platform/refusal.ts'
import { itemsById } from '../consultation/items.store.ts'
import { participationsOf } from '../consultation/participations.store.ts'
import type { ParticipationFacts } from '../consultation/shapes.ts'
import type { TasksParts } from '../parts.ts'
import { placeIn } from '../place.ts'
import { type CountQuery, countTask, figuresOf } from '../scope/counting.ts'
import { Preview } from '../scope/scope.schema.ts'
import { completed, lineFor, membersBy, whyNotDraft } from './creating.ts'
import { whyNotAnotherDraw } from './discipline.rules.ts'
import { drawsOfLine } from './draws.store.ts'
import { PreviewQuery } from './tasks.schema.ts'
import { asTakingPart, whatStandsAgainst } from './tasks.rules.ts'
import { findTask, partNames } from './tasks.store.ts'

/** What would be drawn of a task that is being written, and everything that stands against it, before anybody commits. */
export function previewRoutes({ book }: TasksParts): readonly Route[] {
  return [
    read({
      method: 'POST',
      path: '/task-previews',
      action: 'task.preview',
      summary: '试算：范围内户数、各排除原因、分层抽取数量和概率，以及不符合规定之处',
      schema: { body: PreviewQuery },
      replies: { 200: Preview },
      withoutIdempotency: true,
      async handler(context) {
        const began = performance.now()
        const { reader, access, body, now } = context
        const { parts: said, taskId, replacesTaskId: _, ...sent } = body
        const seen = seenIn(access, 'authority.show')
        const lead = found(await findAuthority(reader, seen, sent.leadAuthorityId), 'authority')
        demand(access.whyNot('task.preview', { authorityId: lead.id }), 403)
        // Whom another leaves out by name cannot be counted from here.
        if (taskId) {
          const saved = found(await findTask(reader, seenIn(access, 'task.show'), taskId), 'task')
          demand(access.whyNot('task.preview', { authorityId: saved.leadAuthorityId }), 403)
        }
        const line = await lineFor(reader, access, sent.planLineId, false)
        const draft = completed(sent, line)
        const law = await book.read(reader)
        const place = placeIn(law, lead.divisionCode, draft.startsOn)
        const taking =
          taskId && !said
            ? (await participationsOf(reader, taskId)).filter((part) => asTakingPart(part).takesPart)
            : await unsavedParts(reader, {
                chosen: said ?? line?.parts ?? [{ authorityId: lead.id, itemIds: [] }],
                leadId: lead.id,
                members: membersBy(law, place, draft.mode),
              })
        const query: CountQuery = { ...draft, taskId: taskId ?? undefined, parts: taking }
        const counted = await countTask(reader, law, place, query)
        const task = { ...draft, ...UNSAVED, divisionCode: lead.divisionCode }
        const facts = { task, line, parts: taking, counted, law, place, today: dayOf(now) }
        const used = line && !taskId ? await drawsOfLine(reader, line.id) : []
        const early =
          (line && whyNotAnotherDraw(line, used)) ?? whyNotDraft(task, line, { law, place, parts: taking })
        const refusals = [...(early ? [early] : []), ...whatStandsAgainst(facts)]
        const distinct = refusals.filter(
          ({ code }, at) => refusals.findIndex((each) => each.code === code) === at,
        )
        return {
          ...figuresOf(counted, query, now),
          refusals: distinct.map(canOf),
          ms: Math.round(performance.now() - began),
        }
      },
    }),
  ]
}

/** Authorities as they would take part: nothing of them is saved, and their inspectors are not named yet. */
async function unsavedParts(
  reader: Reader,
  { chosen, leadId, members }: Unsaved,
): Promise<readonly ParticipationFacts[]> {
  const items = await itemsById(reader, [...new Set(chosen.flatMap(({ itemIds }) => itemIds))])
  const names = new Map(
    (
      await partNames(
        reader,
        chosen.map(({ authorityId }) => authorityId),
      )
    ).map(({ id, name }) => [id, name]),
  )
  return chosen.map((part) => ({
    ...UNASKED,
    id: part.authorityId,
    authorityId: part.authorityId,
    authorityName: names.get(part.authorityId) ?? '',
    isLead: part.authorityId === leadId,
    members: part.members ?? members(chosen.length),
    items: items.filter(
      ({ id, authorityId }) => part.itemIds.includes(id) && authorityId === part.authorityId,
    ),
  }))
}

interface Unsaved {
  readonly chosen: readonly {
    readonly authorityId: string
    readonly itemIds: readonly string[]
    readonly members?: number
  }[]
  readonly leadId: string
  readonly members: (authorities: number) => number
}

const UNASKED = {
  version: 0,
  taskId: '',
  state: 'prepared',
  isOutdated: false,
  round: 0,
  classes: [],
  drawn: null,
  pool: [],
  conflictsConfirmed: false,
  preparedById: null,
  drafterIds: [],
  replyBy: null,
} as const
const UNSAVED = {
  id: '',
  version: 0,
  number: '',
  year: 0,
  planLineVersion: null,
  drawNo: null,
  replacesTaskId: null,
  replyBy: null,
  round: 0,
  partyIds: [],
  state: 'drafted',
  draftedById: '',
  drafterIds: [],
} as const
