// How a scheme says days, ratios, codes and ranges: in Chinese, as an official document does.

import type { Label, Law } from '../../law/index.ts'
import { ENTITY_TYPES_SHOWN, KINDS_SHOWN, type Scope } from '../../registers/index.ts'
import type { TaskDesign } from '../shapes.ts'

/** `2026-03-01` → `2026年3月1日`. */
export function dayText(day: string): string {
  const [year, month, date] = day.split('-')
  return `${year}年${Number(month)}月${Number(date)}日`
}

/** Basis points → `5%`. */
export function percentText(basisPoints: number): string {
  return `${basisPoints / 100}%`
}

/** What a code list calls a code, whenever it was in force; the code itself where it knows none. */
export function labelOf(law: Law, list: string, code: string, language: keyof Label = 'zh-CN'): string {
  return law.codeLists.get(list)?.codes.find((each) => each.code === code)?.label[language] ?? code
}

/** `甲、乙和丙`-like enumerations of documents: 甲、乙、丙. */
export function listed(names: readonly string[]): string {
  return names.join('、')
}

/** Whom a task is about, as one sentence: 青石县范围内，住宿业（H61）的企业，信用风险分类为B、C、D类。 */
export function scopeText(scope: Scope, law: Law, registerName: string | null): string {
  const where = listed(scope.divisions.map((code) => law.divisions.get(code)?.name ?? code))
  const industries = scope.industries.map((code) => `${industryName(law, code)}（${code}）`)
  const kinds = [...shownIn(KINDS_SHOWN, scope.kinds), ...shownIn(ENTITY_TYPES_SHOWN, scope.entityTypes)]
  const parts = [
    registerName === null ? `${where}范围内` : `${where}范围内、${registerName}检查对象名录库中`,
    industries.length === 0 ? '' : `从事${listed(industries)}`,
    scope.licenceKinds.length === 0 ? '' : `持有${listed(scope.licenceKinds)}`,
    scope.pools.length === 0 ? '' : `列入专项库“${listed(scope.pools)}”`,
    scope.tags.length === 0 ? '' : `带有标签“${listed(scope.tags)}”`,
    scope.classes.length === 0 ? '' : `信用风险分类为${classesText(scope.classes)}`,
  ].filter((part) => part !== '')
  return `${parts.join('，')}的存续${kinds.length === 0 ? '检查对象' : listed(kinds)}`
}

/** How many are drawn: 按5%的比例抽取（A类1%、D类20%） */
export function designText(design: TaskDesign): string {
  switch (design.kind) {
    case 'total':
      return `抽取${design.n}户`
    case 'coverage':
      return design.batches === 1 ? '全覆盖检查' : `全覆盖检查，分${design.batches}批，批次顺序随机确定`
    case 'ratio': {
      const classes = Object.entries(design.byClass ?? {}).map(
        ([code, ratio]) => `${classText(code)}${percentText(ratio)}`,
      )
      const apart = classes.length === 0 ? '' : `，其中${listed(classes)}`
      return `按${percentText(design.ratio)}的比例抽取${apart}`
    }
  }
}

/** What a stratum is: `all` → 全部对象, `F/A` → 批发和零售业、A类, `410928/A` → 濮阳县、A类. */
export function stratumText(code: string, law: Law): string {
  if (code === 'all') return '全部对象'
  const [first = '', second] = code.split('/')
  if (second === undefined) return classText(first)
  const place = law.divisions.get(first)?.name ?? (first === '0' ? '行业未定' : industryName(law, first))
  return `${place}、${classText(second)}`
}

function classText(code: string): string {
  return code === 'N' ? '未分类' : `${code}类`
}

function classesText(classes: readonly string[]): string {
  return listed(classes.map(classText))
}

/** The register writes classes with or without the letter of the section. */
function industryName(law: Law, code: string): string {
  const known = law.industries.get(code)
  if (known) return known.name
  const bare = [...law.industries.values()].find((each) => each.code.slice(1) === code)
  return bare?.name ?? code
}

function shownIn(words: Readonly<Record<string, string>>, codes: readonly string[]): string[] {
  return codes.map((code) => words[code] ?? code)
}
