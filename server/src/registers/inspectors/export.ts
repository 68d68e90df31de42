// The register as a table to take away: what the list shows, numbers masked.

import { csvLine, csvStart } from '@sunlot/sheets'
import type { Law } from '../../law/index.ts'
import type { Inspector } from './inspectors.schema.ts'

const SEXES = { male: '男', female: '女' } as const
const LEVELS = { province: '省级', prefecture: '市级', county: '县级', township: '乡级' } as const
const STATES = { active: '在岗', onLeave: '请假', suspended: '暂停', left: '已离库' } as const

const COLUMNS: readonly (readonly [title: string, show: (row: Inspector, law: Law) => string | null])[] = [
  ['单位工号', ({ staffNumber }) => staffNumber],
  ['姓名', ({ name }) => name],
  ['性别', ({ sex }) => SEXES[sex]],
  ['身份证号', ({ idCard }) => idCard],
  ['手机号', ({ mobile }) => mobile],
  ['执法证号', ({ warrantNumber }) => warrantNumber],
  ['发证机关', ({ warrantAuthority }) => warrantAuthority],
  ['有效期起', ({ warrantFrom }) => warrantFrom],
  ['有效期止', ({ warrantUntil }) => warrantUntil],
  ['所在部门', ({ authorityName }) => authorityName],
  ['所在单位、科室', ({ unitName }) => unitName],
  ['执法层级', ({ level }) => LEVELS[level]],
  ['人员类别', ({ category }, law) => categoryName(category, law)],
  ['执法类别', ({ enforcementCategories }) => enforcementCategories.join('、')],
  ['执法资质', ({ qualifications }) => qualifications.join('、')],
  ['业务特长', ({ specialisms }) => specialisms.join('、')],
  ['状态', ({ state }) => STATES[state]],
  ['入库日期', ({ enteredOn }) => enteredOn],
]

/** The whole file. */
export function inspectorsCsv(rows: readonly Inspector[], law: Law): string {
  const lines = rows.map((row) => csvLine(COLUMNS.map(([, show]) => show(row, law) ?? '')))
  return csvStart() + csvLine(COLUMNS.map(([title]) => title)) + lines.join('')
}

function categoryName(category: string, law: Law): string {
  const known = law.codeLists.get('inspector-categories')?.codes.find(({ code }) => code === category)
  return known?.label['zh-CN'] ?? category
}
