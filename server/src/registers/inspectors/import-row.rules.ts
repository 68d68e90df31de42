// One line of an office's table of inspectors, read: which column is what, and what is wrong with a cell.

import { isMobile, isName, tidy, tidyMobile } from '../../agencies/index.ts'
import { sexIn, whyNotIdCard, whyNotOfSex } from './id-card.rules.ts'
import { LEVELS, type NewInspector, type Sex } from './inspectors.schema.ts'

/** A line as it was read. Null: the cell was empty, or its column is not there. */
export interface ReadInspector {
  readonly name: string
  readonly staffNumber: string | null
  readonly post: string | null
  readonly unit: string | null
  readonly section: string | null
  readonly sex: Sex | null
  readonly idCard: string | null
  readonly mobile: string | null
  readonly warrantNumber: string | null
  readonly warrantAuthority: string | null
  readonly warrantFrom: string | null
  readonly warrantUntil: string | null
  readonly level: NewInspector['level'] | null
  /** A code of inspector-categories, or its Chinese label. */
  readonly category: string | null
  readonly enforcementCategories: readonly string[] | null
  readonly qualifications: readonly string[] | null
  readonly specialisms: readonly string[] | null
}

/** What is wrong with a cell. `code` has a sentence in `words/`; `column` is the heading as it stands in the table. */
export interface RowDefect {
  readonly code: string
  readonly column: string
}

/**
 * The fields of a line, each with the headings that offices give it, the usual one first. A line may also be keyed by the
 * fields' own names: then its columns were chosen by a person.
 */
export const INSPECTOR_COLUMNS = {
  staffNumber: ['单位工号', '工号', '人员编号'],
  name: ['姓名', '执法人员姓名', '检查人员姓名', '人员姓名'],
  sex: ['性别'],
  idCard: ['身份证号', '身份证号码', '公民身份号码', '身份证'],
  mobile: ['手机号', '手机号码', '手机', '联系电话', '联系方式'],
  warrantNumber: [
    '执法证号',
    '执法证编号',
    '执法证号码',
    '执法证件号',
    '行政执法证号',
    '省执法证编号',
    '工商执法证编号',
  ],
  warrantAuthority: ['发证机关', '执法证发证机关', '颁发机关', '发证单位'],
  warrantFrom: ['有效期起', '有效期自', '发证日期', '执法证发证日期'],
  warrantUntil: ['有效期止', '有效期', '有效期至', '执法证有效期', '工商执法证有效期'],
  unit: ['所在单位', '所属单位', '单位', '所在业务部门（机构）'],
  section: ['所在科室', '科室'],
  post: ['职务', '担任职务'],
  level: ['执法层级', '层级'],
  category: ['人员类别'],
  enforcementCategories: ['执法类别', '执法领域', '岗位大类', 'categories'],
  qualifications: ['执法资质', '岗位资质资格', '资质'],
  specialisms: ['业务特长', '业务专长', '专长', '特长'],
  state: ['执法人员状态', '人员状态', '状态'],
} as const satisfies Readonly<Record<string, readonly string[]>>
type Field = keyof typeof INSPECTOR_COLUMNS

// A provincial warrant goes before a departmental one; each has its own term.
const WARRANT_PAIRS = [
  ['省执法证编号', '执法证有效期'],
  ['工商执法证编号', '工商执法证有效期'],
] as const

/**
 * Reads a line from its cells by heading. A line with a defect is not to be applied; the instructions and the sample line
 * that templates carry are such.
 */
export function readInspectorRow(cells: Readonly<Record<string, string>>): {
  readonly inspector: ReadInspector
  readonly defects: readonly RowDefect[]
} {
  const row = new RowReader(cells)
  const template = templateDefect(cells)
  if (template) return { inspector: row.bare(), defects: [template] }
  const inspector = row.inspector()
  return { inspector, defects: row.defects }
}

/** Lines that explain the table or show how to fill it in (案例（请删除）). */
function templateDefect(cells: Readonly<Record<string, string>>): RowDefect | undefined {
  const at = (pattern: RegExp) => Object.entries(cells).find(([, cell]) => pattern.test(cell))?.[0]
  const sample = at(/案例.*删除|请删除|^\s*(?:样例|填写示例|示例行)/)
  if (sample !== undefined) return { code: 'inspector_row.sample', column: sample }
  const explains = at(/YYYY-?MM-?DD|【无则空白|多个以.*分开填写/i)
  return explains === undefined ? undefined : { code: 'inspector_row.instructions', column: explains }
}

class RowReader {
  readonly defects: RowDefect[] = []
  readonly #cells: ReadonlyMap<string, string>

  constructor(cells: Readonly<Record<string, string>>) {
    this.#cells = new Map(Object.entries(cells).map(([title, cell]) => [bareTitle(title), tidy(cell)]))
  }

  bare(): ReadInspector {
    const name = this.#cell('name')[0]
    return { ...NOTHING, name }
  }

  inspector(): ReadInspector {
    const [name, column] = this.#cell('name')
    if (name === '') this.defects.push({ code: 'inspector_row.name_blank', column })
    else if (!isName(name, 60)) this.defects.push({ code: 'inspector_row.text_unusable', column })
    this.#judgeState()
    const idCard = this.#idCard()
    return {
      name,
      staffNumber: this.#text('staffNumber', 40),
      post: this.#text('post', 60),
      unit: this.#text('unit', 100),
      section: this.#text('section', 100),
      idCard,
      sex: this.#sex(idCard),
      mobile: this.#mobile(),
      ...this.#warrant(),
      level: this.#level(),
      category: this.#text('category', 60),
      enforcementCategories: this.#words('enforcementCategories'),
      qualifications: this.#words('qualifications'),
      specialisms: this.#words('specialisms'),
    }
  }

  /** The cell of a field and its heading: of several, the first that is not empty. */
  #cell(field: Field): readonly [cell: string, column: string] {
    const titles: readonly string[] = [...INSPECTOR_COLUMNS[field], field]
    const filled = titles.find((title) => (this.#cells.get(bareTitle(title)) ?? '') !== '')
    const there = filled ?? titles.find((title) => this.#cells.has(bareTitle(title))) ?? titles[0] ?? field
    return [this.#cells.get(bareTitle(there)) ?? '', there]
  }

  #text(field: Field, most: number): string | null {
    const [cell, column] = this.#cell(field)
    if (cell === '') return null
    if (!isName(cell, most)) this.defects.push({ code: 'inspector_row.text_unusable', column })
    return cell
  }

  #words(field: Field): readonly string[] | null {
    const [cell, column] = this.#cell(field)
    if (cell === '') return null
    const words = cell
      .split(/[,，、;；]/)
      .map((word) => word.trim())
      .filter((word) => word !== '')
    if (words.length > 20 || words.some((word) => !isName(word, 40)))
      this.defects.push({ code: 'inspector_row.text_unusable', column })
    return [...new Set(words)]
  }

  #idCard(): string | null {
    const [cell, column] = this.#cell('idCard')
    if (cell === '') return null
    const idCard = cell
      .normalize('NFKC')
      .replaceAll(/[\s'‘’]/g, '')
      .toUpperCase()
    const wrong = whyNotIdCard(idCard)
    if (wrong) this.defects.push({ code: wrong.code, column })
    return wrong ? null : idCard
  }

  #sex(idCard: string | null): Sex | null {
    const [cell, column] = this.#cell('sex')
    if (cell === '') return idCard === null ? null : sexIn(idCard)
    const sex = SEXES[cell]
    if (sex === undefined) this.defects.push({ code: 'inspector_row.sex_unknown', column })
    else if (idCard !== null && whyNotOfSex(idCard, sex))
      this.defects.push({ code: 'id_card.other_sex', column: this.#cell('idCard')[1] })
    return sex ?? null
  }

  #mobile(): string | null {
    const [cell, column] = this.#cell('mobile')
    if (cell === '') return null
    const mobile = tidyMobile(cell)
    if (!isMobile(mobile)) this.defects.push({ code: 'inspector_row.mobile_unusable', column })
    return isMobile(mobile) ? mobile : null
  }

  #warrant() {
    const pair = WARRANT_PAIRS.find(([title]) => (this.#cells.get(title) ?? '') !== '')
    const until: readonly [string, string] = pair
      ? [this.#cells.get(pair[1]) ?? '', pair[1]]
      : this.#cell('warrantUntil')
    const term = until[0].split(/\s*(?:至|到|~|～|—)\s*/)
    const from = this.#cell('warrantFrom')
    const warrantNumber = this.#text('warrantNumber', 40)
    return {
      warrantNumber,
      warrantAuthority: this.#text('warrantAuthority', 100),
      warrantFrom: this.#day(from[0] || (term.length === 2 ? (term[0] ?? '') : ''), from[1]),
      warrantUntil: this.#day(term.at(-1) ?? '', until[1]),
    }
  }

  #day(cell: string, column: string): string | null {
    if (cell === '') return null
    const day = dayIn(cell)
    if (day === undefined) this.defects.push({ code: 'inspector_row.day_unreadable', column })
    return day ?? null
  }

  /** Whoever is no inspector any more is not taken up as one. */
  #judgeState(): void {
    const [cell, column] = this.#cell('state')
    if (cell !== '' && !/^(?:有效|在岗|在职|正常|启用)$/.test(cell))
      this.defects.push({ code: 'inspector_row.not_in_force', column })
  }

  #level(): NewInspector['level'] | null {
    const [cell, column] = this.#cell('level')
    if (cell === '') return null
    const at = LEVEL_WORDS.findIndex((pattern) => pattern.test(cell))
    if (at < 0) this.defects.push({ code: 'inspector_row.level_unknown', column })
    return LEVELS[at] ?? null
  }
}

const SEXES: Readonly<Record<string, Sex>> = { 男: 'male', 女: 'female', 男性: 'male', 女性: 'female' }
// In the order of LEVELS.
const LEVEL_WORDS = [/^省/, /^(?:地|设区的)?市|^州|^盟/, /^区?县|^区|^旗/, /^乡|^镇|^街道|^所/]

const NOTHING = {
  staffNumber: null,
  post: null,
  unit: null,
  section: null,
  sex: null,
  idCard: null,
  mobile: null,
  warrantNumber: null,
  warrantAuthority: null,
  warrantFrom: null,
  warrantUntil: null,
  level: null,
  category: null,
  enforcementCategories: null,
  qualifications: null,
  specialisms: null,
} as const

/** `身份证号 *（必填）` is 身份证号. */
function bareTitle(title: string): string {
  const text = tidy(title).replaceAll(/[\s*＊]/g, '')
  return text.replace(/[（(](?:必填|选填|必录)[）)]$/, '')
}

/** 2027-12-31, 2027/12/31, 2027.12.31, 2027年12月31日, 20271231 → 2027-12-31. */
function dayIn(text: string): string | undefined {
  const [, year, month, date] =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]00:00(?::00)?)?$/.exec(text) ??
    /^(\d{4})(\d\d)(\d\d)$/.exec(text) ??
    []
  if (!year || !month || !date) return undefined
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  const at = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day) ? day : undefined
}
