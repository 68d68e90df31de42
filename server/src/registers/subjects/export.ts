// The register as a table to take away: exactly what the list shows.

import { csvLine, csvStart } from '@sunlot/sheets'
import type { ListedSubject } from './subjects.schema.ts'
import { CODE_KINDS_SHOWN, ENTITY_TYPES_SHOWN, FLAGS_SHOWN, KINDS_SHOWN, STATES_SHOWN } from './words.ts'

/** The columns of the list that can be taken away; some are two in the file. */
export const EXPORT_COLUMNS = [
  'code',
  'name',
  'kind',
  'entityType',
  'registeredType',
  'legalRepresentative',
  'registeredAddress',
  'state',
  'division',
  'industry',
  'class',
  'riskGrade',
  'tags',
  'pools',
  'authorities',
  'station',
  'establishedOn',
  'enteredOn',
  'flags',
] as const
type ExportColumn = (typeof EXPORT_COLUMNS)[number]

type Cell = (row: ListedSubject) => string | null

/** A column of the list, and what of it stands in the file. */
const COLUMNS: readonly (readonly [column: ExportColumn, title: string, show: Cell])[] = [
  ['code', '代码', ({ code }) => code],
  ['code', '代码种类', ({ codeKind }) => CODE_KINDS_SHOWN[codeKind]],
  ['name', '名称', ({ name }) => name],
  ['kind', '对象种类', ({ kind }) => KINDS_SHOWN[kind]],
  ['entityType', '主体类型', ({ entityType }) => ENTITY_TYPES_SHOWN[entityType]],
  ['registeredType', '登记类型', ({ registeredType }) => registeredType],
  ['legalRepresentative', '法定代表人（负责人）', ({ legalRepresentative }) => legalRepresentative],
  ['registeredAddress', '住所', ({ registeredAddress }) => registeredAddress],
  ['state', '登记状态', ({ registrationState }) => STATES_SHOWN[registrationState]],
  ['division', '区划代码', ({ divisionCode }) => divisionCode],
  ['division', '区划', ({ divisionName }) => divisionName],
  ['industry', '行业代码', ({ industryCode }) => industryCode],
  ['industry', '行业', ({ industryName }) => industryName],
  ['class', '信用风险分类', ({ creditClass }) => creditClass],
  ['riskGrade', '风险等级', ({ riskGrade }) => riskGrade],
  ['tags', '标签', ({ tags }) => tags.join('、')],
  ['pools', '专项库', ({ pools }) => pools.join('、')],
  ['authorities', '监管部门', ({ authorities }) => authorities.map(({ name }) => name).join('、')],
  ['station', '日常监管的所、站', ({ station }) => station],
  ['establishedOn', '成立日期', ({ establishedOn }) => establishedOn],
  ['enteredOn', '入库日期', ({ enteredOn }) => enteredOn],
  ['state', '出库日期', ({ leftOn }) => leftOn],
  ['flags', '须核实之处', ({ flags }) => flags.map((flag) => FLAGS_SHOWN[flag] ?? flag).join('、')],
]

/** What a file consists of: the columns that one sees, all where none are named; whose row it is always stands in it. */
export function subjectsTable(wanted: readonly string[] | undefined) {
  const columns = COLUMNS.filter(
    ([column]) => !wanted || column === 'code' || column === 'name' || wanted.includes(column),
  )
  return {
    /** The mark of the file's encoding, and the titles. */
    start: csvStart() + csvLine(columns.map(([, title]) => title)),
    /** Some rows of the file. */
    lines: (rows: readonly ListedSubject[]): string =>
      rows.map((row) => csvLine(columns.map(([, , show]) => show(row) ?? ''))).join(''),
  }
}
