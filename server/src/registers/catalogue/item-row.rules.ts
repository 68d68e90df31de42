// A row of a table of items as offices keep it → an item and what is wrong with it. Pure; the columns are those of
// items.csv.ts and the names that offices give them.

import { type Doubt, doubtAbout } from './citations.rules.ts'
import { readBases, type ReadBasis } from './basis-text.rules.ts'
import { readLevels, readMethods, readRatio } from './item-words.rules.ts'

/** An item as a row says it. Ratios in basis points. */
export interface ReadItem {
  readonly code: string
  readonly name: string
  readonly subItem: string | null
  readonly object: string
  readonly scope: string | null
  readonly field: 'market' | 'nonMarket'
  readonly tier: 'PRIORITY' | 'GENERAL'
  readonly isRandom: boolean
  readonly notRandomReason: string | null
  readonly ratioFloor: number | null
  readonly ratioCap: number | null
  readonly ratioNote: string | null
  readonly frequency: string | null
  readonly methods: readonly string[]
  readonly methodRequirement: string | null
  readonly implementingLevels: readonly string[]
  readonly inspectorQualifications: readonly string[]
  readonly note: string | null
  readonly bases: readonly (ReadBasis & { readonly doubt: string | null })[]
}

/** What is wrong with a cell. Those that are `fatal` leave no item; the others are for a person to look at. */
export interface ItemDefect {
  readonly code:
    | 'missing'
    | 'too_long'
    | 'ratio_in_words'
    | 'method_unknown'
    | 'basis_missing'
    | 'basis_unreadable'
    | 'basis_doubtful'
  /** The column as this file names it. */
  readonly column: string
  readonly fatal: boolean
}

/** The names that offices give each column; the first is the one that a template has. */
export const ITEM_COLUMN_NAMES = {
  code: ['编号', '序号', '事项编号', '事项编码'],
  name: ['抽查事项名称', '抽查事项', '事项名称', '检查事项', '检查事项名称'],
  subItem: ['抽查子项', '子项', '子项名称'],
  bases: ['抽查依据', '检查依据', '法律依据', '依据'],
  authority: ['抽查主体', '检查主体', '实施主体', '责任部门'],
  object: ['抽查对象', '检查对象', '监管对象'],
  scope: ['抽查内容', '检查内容'],
  field: ['领域', '抽查领域'],
  tier: ['事项类别', '类别', '检查类别'],
  isRandom: ['是否双随机', '是否列入双随机', '是否随机'],
  notRandomReason: ['不列入双随机的理由', '不适宜双随机的理由', '理由'],
  ratio: ['抽查比例', '抽查比例(数量)', '抽查比例（数量）', '比例'],
  frequency: ['抽查频次', '检查频次', '频次'],
  methods: ['抽查方式', '检查方式'],
  methodRequirement: ['检查方式要求', '方式要求'],
  levels: ['实施层级', '抽查层级', '层级'],
  inspectors: ['检查人员要求', '人员要求'],
  note: ['备注', '说明'],
} as const
type Column = keyof typeof ITEM_COLUMN_NAMES

// How long a cell may be, in signs: what the database takes.
const LONGEST: ReadonlyMap<Column, number> = new Map([
  ['code', 40],
  ['name', 200],
  ['subItem', 300],
  ['object', 1000],
  ['scope', 4000],
  ['frequency', 200],
  ['methodRequirement', 1000],
  ['notRandomReason', 500],
  ['note', 1000],
])

/** The item of a row, by column name; `doubts`: the citations that the law knows to be doubtful. */
export function readItemRow(
  cells: Readonly<Record<string, string>>,
  doubts: readonly Doubt[] = [],
): { readonly item: ReadItem | undefined; readonly defects: readonly ItemDefect[] } {
  const text = (column: Column): string => cellOf(cells, column)
  const ratio = readRatio(text('ratio'), tierOf(text('tier')))
  const methods = readMethods(text('methods'))
  const bases = readBases(text('bases')).map((basis) => ({
    ...basis,
    doubt: doubtAbout(basis, doubts) ?? null,
  }))
  const defects = [
    ...faultsOfLength(text),
    ...(ratio.note === null ? [] : [defect('ratio_in_words', 'ratio')]),
    ...(text('methods') !== '' && methods.codes.length === 0 ? [defect('method_unknown', 'methods')] : []),
    ...(text('bases') === '' ? [defect('basis_missing', 'bases')] : []),
    ...(text('bases') !== '' && bases.length === 0 ? [defect('basis_unreadable', 'bases')] : []),
    ...(bases.some(({ doubt }) => doubt !== null) ? [defect('basis_doubtful', 'bases')] : []),
  ]
  if (defects.some(({ fatal }) => fatal)) return { item: undefined, defects }
  const isRandom = !/^(?:否|不|N|0)/i.test(text('isRandom'))
  const unread = bases.length === 0 && text('bases') !== '' ? `依据原文：${text('bases')}` : ''
  return {
    item: {
      code: text('code'),
      name: text('name'),
      subItem: orNull(text('subItem')),
      object: text('object'),
      scope: orNull(text('scope')),
      field: /非市场|市场监管领域外|^nonMarket$/.test(text('field')) ? 'nonMarket' : 'market',
      tier: tierOf(text('tier')),
      isRandom,
      notRandomReason: isRandom ? null : orNull(text('notRandomReason')),
      ratioFloor: ratio.floor,
      ratioCap: ratio.cap,
      ratioNote: ratio.note,
      frequency: orNull(text('frequency')),
      methods: methods.codes,
      methodRequirement: orNull(text('methodRequirement')) ?? methods.rest,
      implementingLevels: readLevels(text('levels') || text('authority')),
      inspectorQualifications: qualificationsOf(text('inspectors')),
      note: orNull(
        [text('note'), unread]
          .filter((part) => part !== '')
          .join('\n')
          .slice(0, LONGEST.get('note')),
      ),
      bases,
    },
    defects,
  }
}

/** Rows of one number are sub-items: the second and later ones are numbered on (3, 3-2, 3-3), so that each has its own. */
export function numbered(items: readonly ReadItem[]): readonly ReadItem[] {
  const count = new Map<string, number>()
  return items.map((item) => {
    const before = count.get(item.code) ?? 0
    count.set(item.code, before + 1)
    return before === 0 ? item : { ...item, code: `${item.code}-${before + 1}` }
  })
}

function defect(code: ItemDefect['code'], column: Column, fatal = false): ItemDefect {
  return { code, column: ITEM_COLUMN_NAMES[column][0], fatal }
}

function faultsOfLength(text: (column: Column) => string): readonly ItemDefect[] {
  const missing = (['code', 'name', 'object'] as const).filter((column) => text(column) === '')
  const long = [...LONGEST].flatMap(([column, most]) => (text(column).length > most ? [column] : []))
  const short = text('name').length === 1 ? [defect('missing', 'name', true)] : []
  return [
    ...missing.map((column) => defect('missing', column, true)),
    ...short,
    ...long.map((column) => defect('too_long', column, true)),
  ]
}

function cellOf(cells: Readonly<Record<string, string>>, column: Column): string {
  const name = ITEM_COLUMN_NAMES[column].find((one) => cells[one] !== undefined)
  return (name === undefined ? '' : (cells[name] ?? ''))
    .normalize('NFC')
    .replaceAll(/[\u00a0\u3000\t]/g, ' ')
    .replaceAll(/\r\n?/g, '\n')
    .trim()
}

function tierOf(text: string): ReadItem['tier'] {
  return /重点|^PRIORITY$/.test(text) ? 'PRIORITY' : 'GENERAL'
}

function qualificationsOf(text: string): readonly string[] {
  if (text === '' || /^无(?:需|须|要求)?/.test(text)) return []
  const bare = text.replace(/^(?:需要?|须)(?:具备|有|持有)?/, '')
  return bare
    .split(/[、；;,，\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '' && part.length <= 60)
}

function orNull(text: string): string | null {
  return text === '' ? null : text
}
