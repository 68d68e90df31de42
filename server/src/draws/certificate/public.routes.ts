// 抽取公示: every commitment, its certificate, and why any one subject was drawn or not; as data, and as pages.

import { type Bucket, takeTokens } from '../../accounts/index.ts'
import { keyOf, pageOf } from '../../platform/http/pages.ts'
import type { Reader } from '../../platform/database/database.ts'
import { type Context, type FreeContext, free, read, reply, type Route } from '../../platform/http/route.ts'
import { found } from '../../platform/refusal.ts'
import { manifestsOf } from '../draws/manifests.store.ts'
import { witnessedOf } from '../draws/leaves.store.ts'
import type { DrawsParts } from '../parts.ts'
import { drawPage } from './draw-page.ts'
import { MOST_DRAWN } from './drawn-part.ts'
import { Fates } from './fate.ts'
import { listPage } from './list-page.ts'
import { representFate, representPublicDraw, representPublicLine } from './public.representation.ts'
import {
  ByCode,
  ByName,
  InLanguage,
  Page,
  PublicDrawList,
  PublicDrawPageQuery,
  PublicDrawQuery,
  PublicDrawShown,
  PublicFateShape,
  WhyQuery,
  WitnessPolicy,
} from './public.schema.ts'
import { drawnOfOpen } from '../drawing/results.store.ts'
import { listPublicDraws } from './public.store.ts'
import { type PublicDraw, publicDraw } from './public-draw.ts'
import { nameOfPart } from './strata.ts'
import { normalCode, type WhyAsked, whyPage } from './why-page.ts'
import { sayIn } from './words.ts'

export const CACHED = { 'cache-control': 'public, max-age=60' }
/** A journalist looks up a list of firms one after the other; a machine takes the bundle instead. */
const LOOKING_UP = { capacity: 600, perHour: 3_600 }
const CODE = /^[0-9A-Za-z._:-]{1,55}$/

/** The public side of draws. */
export function publicDrawRoutes(parts: DrawsParts): readonly Route[] {
  const fates = new Fates(parts.files)
  const lookUp = async (
    { now }: Pick<FreeContext, 'now'>,
    name: string,
    code: string | undefined,
  ): Promise<LookedUp> => {
    const { draw, industries, rows } = await parts.recording.database.read(async (reader) => {
      const draw = found(await publicDraw(reader, name, { log: parts.log, now }), 'draw')
      const { industries } = await parts.book.read(reader)
      const rows = code === undefined ? undefined : await fates.rowsOf(reader, draw, code)
      return { draw, industries, rows }
    })
    const fate = code === undefined || !rows ? undefined : await fates.of(draw, code, rows)
    return {
      draw,
      nameOf: nameOfPart(industries, draw.divisions),
      asked: code === undefined || !fate ? undefined : { code, fate },
    }
  }
  return [
    read({
      method: 'GET',
      path: '/public/draws',
      action: 'publicDraw.list',
      summary: '全部承诺，含作废和未按期出证的，新的在前',
      schema: { query: PublicDrawQuery },
      replies: { 200: PublicDrawList },
      async handler({ reader, query, now }) {
        return reply(200, await listed(reader, query, now), CACHED)
      },
    }),
    read({
      method: 'GET',
      path: '/public/draws.html',
      action: 'publicDraw.listPage',
      summary: '全部承诺的网页',
      schema: { query: PublicDrawPageQuery },
      replies: { 200: Page },
      async handler({ reader, query, now }) {
        const { lang = 'zh-CN', ...filter } = query
        return listPage(await listed(reader, filter, now), { say: sayIn(lang), filter })
      },
    }),
    read({
      method: 'GET',
      path: '/public/draws/policy.json',
      action: 'publicDraw.policy',
      summary: '透明日志的密钥和见证人，供验证网页使用；最好从见证人处取得',
      schema: {},
      replies: { 200: WitnessPolicy },
      handler: () => Promise.resolve(reply(200, witnessPolicy(parts), CACHED)),
    }),
    read({
      method: 'GET',
      path: '/public/draws/{name}',
      action: 'publicDraw.show',
      summary: '一次抽取的公开内容',
      schema: { params: ByName },
      replies: { 200: PublicDrawShown },
      async handler({ reader, params, now }) {
        const draw = found(await publicDraw(reader, params.name, { log: parts.log, now }), 'draw')
        return reply(200, representPublicDraw(draw, await witnessesOf(reader, parts, draw)), CACHED)
      },
    }),
    read({
      method: 'GET',
      path: '/public/draws/{name}.html',
      action: 'publicDraw.page',
      summary: '抽取证书的网页，可以打印',
      schema: { params: ByName, query: InLanguage },
      replies: { 200: Page },
      async handler(context) {
        const { reader, params, query, now } = context
        const draw = found(await publicDraw(reader, params.name, { log: parts.log, now }), 'draw')
        const say = sayIn(query.lang ?? 'zh-CN')
        const law = await parts.book.read(reader)
        const roles = new Map(law.codeLists.get('observers')?.codes.map(({ code, label }) => [code, label]))
        return drawPage(draw, {
          say,
          address: addressOf(context, `/api/v1/public/draws/${params.name}.html`),
          witnesses: await witnessesOf(reader, parts, draw),
          roleName: (code) => roles.get(code)?.[say.language] ?? code,
          nameOf: nameOfPart(law.industries, draw.divisions),
          drawn: await drawnOfOpen(reader, draw.row.id, MOST_DRAWN + 1),
          decided: await fates.decidedBy(reader, draw),
        })
      },
    }),
    free({
      method: 'GET',
      path: '/public/draws/{name}/subjects/{code}',
      action: 'publicDraw.subject',
      summary: '一个检查对象为什么抽中、为什么没抽中，附证明',
      schema: { params: ByCode },
      replies: { 200: PublicFateShape },
      async handler(context) {
        const { params, now } = context
        await takeTokens(parts.recording.database, [lookUpBucket(parts, context)], now)
        const { asked } = await lookUp(context, params.name, params.code)
        return reply(200, representFate(params.name, params.code, found(asked, 'subject').fate), CACHED)
      },
    }),
    free({
      method: 'GET',
      path: '/public/draws/{name}/why',
      action: 'publicDraw.why',
      summary: '“为什么抽中，为什么没抽中”的网页',
      schema: { params: ByName, query: WhyQuery },
      replies: { 200: Page },
      async handler(context) {
        const { params, query, now } = context
        await takeTokens(parts.recording.database, [lookUpBucket(parts, context)], now)
        const typed = (query.code ?? '').trim()
        const seen = await lookUpTyped(typed, (code) => lookUp(context, params.name, code))
        return whyPage(seen.draw, {
          ...seen,
          say: sayIn(query.lang ?? 'zh-CN'),
          typed: query.code === undefined ? undefined : typed,
        })
      },
    }),
  ]
}

type LookedUp = { readonly draw: PublicDraw } & Omit<WhyAsked, 'say' | 'typed'>

/** As it was typed; where that is nobody, in its standard form. What can be no code is not looked up. */
async function lookUpTyped(
  typed: string,
  lookUp: (code: string | undefined) => Promise<LookedUp>,
): Promise<LookedUp> {
  const normal = normalCode(typed)
  const exact = await lookUp(CODE.test(typed) ? typed : undefined)
  const isFound = exact.asked !== undefined && exact.asked.fate.kind !== 'not_listed'
  return isFound || normal === typed || !CODE.test(normal) ? exact : lookUp(normal)
}

async function listed(
  reader: Reader,
  query: { division?: string; year?: number; after?: string; limit?: number },
  now: Date,
) {
  const { limit = 50, after, division, year } = query
  const rows = await listPublicDraws(reader, { division, year, limit, after: keyOf(after, ['id'])?.[0] })
  return pageOf(rows, limit, { key: ({ id }) => [id], show: (row) => representPublicLine(row, now) })
}

/** How many witnesses cosigned the log over the commitment. */
async function witnessesOf(reader: Reader, { log }: DrawsParts, draw: PublicDraw) {
  const leafId = (await manifestsOf(reader, draw.row.id)).get('commit.json')?.leafId
  const place = leafId == null ? undefined : (await witnessedOf(reader, [leafId])).get(leafId)
  return { count: place?.witnesses ?? 0, quorum: log.policy.quorum }
}

/** Whom the verifier is to trust, in the form that it reads. Its freshness knows Ed25519 alone. */
function witnessPolicy({ log: { policy } }: DrawsParts) {
  const witnesses = policy.witnesses.filter(({ alg }) => alg === 'ed25519')
  return {
    v: 'vdp1',
    log: { origin: policy.log.name, key: policy.log.key },
    witnesses: witnesses.map(({ name, key }) => ({ name, key })),
    quorum: policy.quorum,
    faults: 0,
  }
}

/** The address of a page as a phone can open it, from how this request came here. */
export function addressOf({ header }: Pick<Context, 'header'>, path: string): string | undefined {
  const host = header('host')
  return host !== undefined && /^(?:[0-9A-Za-z.-]+|\[[0-9A-Fa-f:]+\])(?::\d{1,5})?$/.test(host)
    ? `https://${host}${path}`
    : undefined
}

function lookUpBucket({ secrets }: DrawsParts, { address }: Pick<Context, 'address'>): Bucket {
  return { ...LOOKING_UP, key: `draw why ${secrets.fingerprint(address, 'address').toString('hex')}` }
}
