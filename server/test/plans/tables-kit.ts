// A fictional county's authorities and items, and what tables are read against.

import type { KnownLine, RowOutcome, TableRow } from '../../src/plans/tables/matching.rules.ts'
import { matchRows } from '../../src/plans/tables/matching.rules.ts'
import { planColumns, textsOf } from '../../src/plans/tables/columns.rules.ts'
import type { ExportNames } from '../../src/plans/tables/export.rules.ts'
import type { LineValues } from '../../src/plans/tables/line-values.rules.ts'
import { authorityFinder, itemIndexOf, itemLabel } from '../../src/plans/tables/names.rules.ts'
import { frameOf } from '../../src/plans/tables/period-words.rules.ts'
import type { TableFrame, TableItem } from '../../src/plans/tables/rows.rules.ts'

export const NO_RESTRICTION = {
  industries: [],
  entityTypes: [],
  kinds: [],
  licenceKinds: [],
  pools: [],
  tags: [],
}

export const AUTHORITIES = [
  { id: 'market', name: '青石县市场监督管理局', shortName: '县市场监管局' },
  { id: 'health', name: '青石县卫生健康委员会', shortName: '县卫健委' },
  { id: 'fire', name: '青石县消防救援大队', shortName: '县消防大队' },
  { id: 'culture', name: '青石县文化广电和旅游局', shortName: '县文旅局' },
]

const item = (authorityId: string, code: string, name: string, subItem: string | null = null): TableItem => ({
  id: `${authorityId}-${code}`,
  authorityId,
  code,
  name,
  subItem,
  object: `${name}的对象`,
  appliesTo: NO_RESTRICTION,
  bases: ['中华人民共和国食品安全法'],
})

export const ITEMS: readonly TableItem[] = [
  item('market', 'M-1', '食品生产、经营监督检查'),
  item('market', 'M-2', '登记事项检查', '名称规范使用情况'),
  item('market', 'M-3', '登记事项检查', '经营范围情况'),
  item('health', 'H-1', '公共场所卫生监督检查'),
  item('fire', 'F-1', '消防安全监督检查'),
  item('culture', 'C-1', '旅行社经营行为的检查等'),
]

export function frame(changes: Partial<TableFrame['plan']> = {}, more: Partial<TableFrame> = {}): TableFrame {
  return {
    plan: {
      kind: 'consolidated',
      field: 'all',
      authorityId: 'market',
      divisionCode: '990101',
      ...changes,
    },
    period: frameOf({ year: 2026, half: null }),
    level: 'county',
    leastRatio: null,
    modes: [
      { code: 'COMPREHENSIVE', name: '综合联查模式', drawType: 'UNTARGETED' },
      { code: 'THEMATIC', name: '专项整治联查模式', drawType: 'TARGETED' },
    ],
    findAuthority: authorityFinder(AUTHORITIES, ['青石县', '青石市', '示例省']),
    items: new Map(ITEMS.map((one) => [one.id, one])),
    itemIndex: itemIndexOf(ITEMS),
    ...more,
  }
}

/** Rows of a table: its header, then its cells. */
export function tableOf([header, ...rows]: readonly (readonly string[])[]): readonly TableRow[] {
  const columns = planColumns(header ?? [])
  return rows.map((cells, at) => ({ row: at + 2, texts: textsOf(columns, cells), isDamaged: false }))
}

export function outcomes(
  table: readonly (readonly string[])[],
  lines: readonly KnownLine[] = [],
  against = frame(),
): readonly RowOutcome[] {
  return matchRows(tableOf(table), lines, against)
}

export function known(values: LineValues, id = 'line-1'): KnownLine {
  return { id, version: 1, values }
}

export const NAMES: ExportNames = {
  authorities: new Map(AUTHORITIES.map(({ id, name }) => [id, name])),
  items: new Map(ITEMS.map((one) => [one.id, { label: itemLabel(one), basis: `《${one.bases[0]}》` }])),
  methods: new Map([
    ['ON_SITE', '实地核查'],
    ['DOCUMENTARY', '书面检查'],
    ['ONLINE_MONITORING', '网络监测'],
    ['TESTING', '检验检测'],
    ['AUTHORITY_OPINION', '行政部门检查结果或专业意见'],
    ['COMMISSIONED_BODY', '委托专业机构'],
  ]),
  modes: new Map([['COMPREHENSIVE', '综合联查模式']]),
}
