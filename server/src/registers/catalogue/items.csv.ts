// The catalogue as a table to take away: the columns that offices use, so that the same file can be read in again.

import { csvText } from '@sunlot/sheets'
import { percent } from './items.rules.ts'
import type { Item } from './items.schema.ts'

/** The columns of a table of items, as offices name them. */
export const ITEM_COLUMNS = [
  '编号',
  '抽查事项名称',
  '抽查子项',
  '抽查依据',
  '抽查主体',
  '抽查对象',
  '抽查内容',
  '领域',
  '事项类别',
  '是否双随机',
  '不列入双随机的理由',
  '抽查比例',
  '抽查频次',
  '抽查方式',
  '检查方式要求',
  '实施层级',
  '检查人员要求',
  '备注',
] as const

export const FIELD_WORDS = { market: '市场监管领域', nonMarket: '非市场监管领域' } as const
export const TIER_WORDS = { PRIORITY: '重点检查事项', GENERAL: '一般检查事项' } as const
export const LEVEL_WORDS = {
  province: '省级',
  prefecture: '市级',
  county: '县级',
  station: '基层站所',
} as const
const STATE_WORDS = {
  draft: '草稿',
  proposed: '待审定',
  effective: '有效',
  ended: '已终止',
  discarded: '已作废',
} as const

/** A code of the law, with its name. */
interface NamedCode {
  readonly code: string
  readonly label: { readonly 'zh-CN': string }
}

/** Items as CSV. */
export function itemsCsv(items: readonly Item[], methods: readonly NamedCode[]): string {
  const wordOf = new Map(methods.map(({ code, label }) => [code, label['zh-CN']]))
  return csvText(
    [...ITEM_COLUMNS, '状态', '生效日', '终止日'],
    items.map((item) => [
      item.code,
      item.name,
      item.subItem ?? '',
      item.bases.map(basisText).join('；'),
      item.authorityName,
      item.object,
      item.scope ?? '',
      FIELD_WORDS[item.field],
      TIER_WORDS[item.tier],
      item.isRandom ? '是' : '否',
      item.notRandomReason ?? '',
      ratioText(item),
      item.frequency ?? '',
      item.methods.map((code) => wordOf.get(code) ?? code).join('、'),
      item.methodRequirement ?? '',
      item.implementingLevels.map((level) => LEVEL_WORDS[level as keyof typeof LEVEL_WORDS]).join('、'),
      item.inspectorQualifications.join('、'),
      item.note ?? '',
      STATE_WORDS[item.state],
      item.effectiveFrom ?? '',
      item.effectiveUntil ?? '',
    ]),
  )
}

/** `《食品安全法》（主席令第21号）第一百一十条`. */
export function basisText(basis: {
  readonly title: string
  readonly documentNumber: string | null
  readonly article: string | null
}): string {
  const number = basis.documentNumber === null ? '' : `（${basis.documentNumber}）`
  return `《${basis.title}》${number}${basis.article ?? ''}`
}

/** `不低于3%，不超过5%`, or what was said instead of a number. */
function ratioText({ ratioFloor, ratioCap, ratioNote }: Item): string {
  const parts = [
    ratioFloor === null ? '' : `不低于${percent(ratioFloor)}`,
    ratioCap === null ? '' : `不超过${percent(ratioCap)}`,
    ratioNote ?? '',
  ]
  return parts.filter((part) => part !== '').join('，')
}
