// The register as a table to take away: exactly what the list shows.

import { csvLine, csvStart } from '@sunlot/sheets'
import type { ListedSubject } from './subjects.schema.ts'
import { CODE_KINDS_SHOWN, ENTITY_TYPES_SHOWN, FLAGS_SHOWN, KINDS_SHOWN, STATES_SHOWN } from './words.ts'

const COLUMNS: readonly (readonly [title: string, show: (row: ListedSubject) => string | null])[] = [
  ['代码', ({ code }) => code],
  ['代码种类', ({ codeKind }) => CODE_KINDS_SHOWN[codeKind]],
  ['名称', ({ name }) => name],
  ['对象种类', ({ kind }) => KINDS_SHOWN[kind]],
  ['主体类型', ({ entityType }) => ENTITY_TYPES_SHOWN[entityType]],
  ['登记类型', ({ registeredType }) => registeredType],
  ['法定代表人（负责人）', ({ legalRepresentative }) => legalRepresentative],
  ['住所', ({ registeredAddress }) => registeredAddress],
  ['登记状态', ({ registrationState }) => STATES_SHOWN[registrationState]],
  ['区划代码', ({ divisionCode }) => divisionCode],
  ['区划', ({ divisionName }) => divisionName],
  ['行业代码', ({ industryCode }) => industryCode],
  ['行业', ({ industryName }) => industryName],
  ['信用风险分类', ({ creditClass }) => creditClass],
  ['风险等级', ({ riskGrade }) => riskGrade],
  ['标签', ({ tags }) => tags.join('、')],
  ['专项库', ({ pools }) => pools.join('、')],
  ['监管部门', ({ authorities }) => authorities.map(({ name }) => name).join('、')],
  ['日常监管的所、站', ({ station }) => station],
  ['成立日期', ({ establishedOn }) => establishedOn],
  ['入库日期', ({ enteredOn }) => enteredOn],
  ['出库日期', ({ leftOn }) => leftOn],
  ['须核实之处', ({ flags }) => flags.map((flag) => FLAGS_SHOWN[flag] ?? flag).join('、')],
]

/** The beginning of the file: the mark of its encoding, and the titles. */
export function subjectsCsvStart(): string {
  return csvStart() + csvLine(COLUMNS.map(([title]) => title))
}

/** Some rows of the file. */
export function subjectsCsvLines(rows: readonly ListedSubject[]): string {
  return rows.map((row) => csvLine(COLUMNS.map(([, show]) => show(row) ?? ''))).join('')
}
