// The item catalogue of 青石县: drafted by clerks, decided by their leaders, some of it still waiting for somebody. The
// instruments are real, so that the screens read as in an office; what the county makes of them is fictional.

import { CHECKPOINTS, CITATIONS, type ExampleItem, HEALTH_ITEMS, MARKET_ITEMS } from './catalogue-items.ts'
import type { Speaker } from './speaker.ts'

/** Who fills it, and for which authorities. */
export interface CatalogueParts {
  readonly as: (username: string) => Speaker
  readonly market: string
  readonly health: string
  /** The year of the county's clock. */
  readonly year: string
}

/** Fills it through the platform's own rules. */
export async function addCatalogue(parts: CatalogueParts): Promise<void> {
  const citations = await enterCitations(parts)
  const market = await enterItems(parts, {
    authorityId: parts.market,
    clerk: 'zhouwu',
    decider: 'wuliu',
    items: MARKET_ITEMS,
    citations,
  })
  const health = await enterItems(parts, {
    authorityId: parts.health,
    clerk: 'chenshi',
    decider: 'chushiyi',
    items: HEALTH_ITEMS,
    citations,
  })
  await writeChecklist(parts, market.get('SJ-004') ?? '')
  await enterJointItems(parts, market, health)
  await handInDocuments(parts)
  await parts.as('zhouwu').post('/unsuitable-statements', {
    authorityId: parts.market,
    explanation: '以下事项的检查对象由线索或事故确定，不能预先列入名录库随机抽取，今后按个案办理。',
  })
}

type Ids = ReadonlyMap<string, string>

async function enterCitations({ as, market }: CatalogueParts): Promise<Ids> {
  const ids = new Map<string, string>()
  for (const citation of CITATIONS) {
    const { id } = await as('zhouwu').post('/citations', { authorityId: market, ...citation })
    ids.set(citation.title, id)
  }
  return ids
}

async function enterItems(
  { as }: CatalogueParts,
  {
    authorityId,
    clerk,
    decider,
    items,
    citations,
  }: {
    readonly authorityId: string
    readonly clerk: string
    readonly decider: string
    readonly items: readonly ExampleItem[]
    readonly citations: Ids
  },
): Promise<Ids> {
  const ids = new Map<string, string>()
  for (const { basis, until, ...item } of items) {
    const [title, article] = basis
    const bases = [{ citationId: citations.get(title) ?? '', article }]
    const { id } = await as(clerk).post('/items', { authorityId, bases, ...item })
    ids.set(item.code, id)
    if (until === 'draft') continue
    await as(clerk).post(`/items/${id}/proposal`)
    if (until !== 'proposed') await as(decider).post(`/items/${id}/approval`, { note: '同意列入清单并公布' })
  }
  return ids
}

async function writeChecklist({ as }: CatalogueParts, itemId: string): Promise<void> {
  const [first, ...later] = CHECKPOINTS
  const write = (checkpoints: readonly object[], changeNote?: string) =>
    as('zhouwu').post(`/items/${itemId}/checklists`, {
      checkpoints: checkpoints.map((point, at) => ({ no: String(at + 1), ...point })),
      ...(changeNote === undefined ? {} : { changeNote }),
    })
  await write([first!, ...later.slice(0, -1)])
  await write([first!, ...later], '增加反食品浪费的检查要点')
}

async function enterJointItems(
  { as, market, health }: CatalogueParts,
  ofMarket: Ids,
  ofHealth: Ids,
): Promise<void> {
  const common = {
    leadAuthorityId: market,
    field: 'market',
    methods: ['ON_SITE', 'DOCUMENTARY'],
    implementingLevels: ['county'],
  }
  const parts = (own: string, theirs: string) => [
    { authorityId: market, itemIds: [ofMarket.get(own)] },
    { authorityId: health, itemIds: [ofHealth.get(theirs)] },
  ]
  const canteens = await as('lisi').post('/joint-items', {
    ...common,
    name: '餐饮服务单位部门联合抽查',
    mode: 'COMPREHENSIVE',
    object: '餐饮服务单位',
    ratio: 500,
    startMonth: 4,
    endMonth: 10,
    focus: '许可和从业人员健康证明、加工制作过程、饮具集中消毒、公共场所卫生。',
    parts: parts('SJ-004', 'WJ-001'),
  })
  await as('lisi').post(`/joint-items/${canteens.id}/proposal`)
  await as('zhengqi').post(`/joint-items/${canteens.id}/approval`, {})
  const hotels = await as('lisi').post('/joint-items', {
    ...common,
    name: '住宿业部门联合抽查',
    mode: 'SECTORAL',
    object: '宾馆、酒店、民宿',
    quantity: 20,
    startMonth: 6,
    endMonth: 9,
    focus: '登记事项与实际经营是否一致，公共用品用具的清洗消毒。',
    parts: parts('SJ-001', 'WJ-001'),
  })
  await as('lisi').post(`/joint-items/${hotels.id}/proposal`)
}

/** Rules that were received, and an instruction that still waits for the conference's office. */
async function handInDocuments({ as, market, health, year }: CatalogueParts): Promise<void> {
  const rules = await as('zhouwu').upload(
    query('/operating-documents', {
      authority: market,
      kind: 'operatingRules',
      title: '青石县市场监督管理局随机抽查工作细则（示例）',
      effectiveFrom: `${year}-01-01`,
    }),
    '随机抽查工作细则（示例）.txt',
    '第一条 本细则为示例，不具有任何效力。\n第二条 随机抽查按抽查事项清单和年度抽查工作计划进行。\n',
  )
  await as('zhouwu').post(`/operating-documents/${rules.id}/submission`)
  await as('lisi').post(`/operating-documents/${rules.id}/receipt`)
  const instruction = await as('chenshi').upload(
    query('/operating-documents', {
      authority: health,
      kind: 'workInstruction',
      title: '青石县卫生健康局随机抽查工作指引（示例）',
      effectiveFrom: `${year}-03-01`,
    }),
    '随机抽查工作指引（示例）.txt',
    '本指引为示例，不具有任何效力。\n一、组织 二、程序 三、方法 四、内容 五、处理 六、公示 七、后续监管\n',
  )
  await as('chenshi').post(`/operating-documents/${instruction.id}/submission`)
}

function query(path: string, fields: Readonly<Record<string, string>>): string {
  return `${path}?${new URLSearchParams(fields).toString().replaceAll('+', '%20')}`
}
