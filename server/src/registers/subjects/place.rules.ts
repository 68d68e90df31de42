// In which county a subject is, from what a register says of it. The digits of its code name who registered it, not where
// it is, and where they are all there is, a flag says so.

import { isNullWord } from '@sunlot/draw'
import type { Divisions } from '../../law/index.ts'
import { nameAt, type PlaceNames, prefectureOf, preparePlaceNames, provinceOf } from './place-names.rules.ts'

/** What a row says about its place. A code may be a credit code or a registration number. */
export interface PlaceClues {
  readonly province?: string | undefined
  readonly prefecture?: string | undefined
  /** A name, or a code of six or more digits. */
  readonly county?: string | undefined
  readonly address?: string | undefined
  readonly code?: string | undefined
}

/**
 * Why somebody should look: the county is that of the registrar; its code or its name is abolished; the address leaves out
 * 县 or 区; no county was found, and the code is that of the prefecture or the province.
 */
export const PLACE_FLAGS = [
  'countyFromCode',
  'revokedDivision',
  'countyByShortName',
  'countyUnknown',
] as const
export type PlaceFlag = (typeof PLACE_FLAGS)[number]

export interface FoundPlace {
  readonly divisionCode: string
  readonly basis: 'stated' | 'address' | 'registrar'
  readonly flags: readonly PlaceFlag[]
}

/** Finds the county of a subject; a few microseconds each. */
export type CountyFinder = (clues: PlaceClues) => FoundPlace | undefined

/**
 * Prepares the finding of counties: from a column for it, else from the text of the address, else from the digits of the
 * code, always flagged. Nothing is found where not even a province is known. Preparing takes some milliseconds.
 */
export function countyFinder(divisions: Divisions): CountyFinder {
  const known = { divisions, names: preparePlaceNames(divisions) }
  return (clues) => {
    const stated = statedArea(clues, known.names)
    const address = bare(clues.address ?? '')
    const read = readArea(address, stated, known.names)
    return (
      statedCounty(clues, stated, known) ??
      addressCounty(address, read, { ...known, registered: clues.code }) ??
      registrarCounty(clues, read.code, known) ??
      wider(read.code, stated)
    )
  }
}

interface Known {
  readonly divisions: Divisions
  readonly names: PlaceNames
}

/** A province, a prefecture, or `''`; `at`: how much of the text is read. */
interface Area {
  readonly code: string
  readonly at: number
}

const NOWHERE: Area = { code: '', at: 0 }
const NO_FLAGS: readonly PlaceFlag[] = []

function statedArea(clues: PlaceClues, names: PlaceNames): string {
  const province = whole(names.provinces, clues.province)
  const prefecture = whole(names.prefectures.get(province ?? ''), clues.prefecture)
  if (prefecture !== undefined)
    return names.counties.has(prefecture) ? prefecture : provinceOf({ code: prefecture })
  return province ?? ''
}

/** The place whose name is the whole of a cell. */
function whole(table: Parameters<typeof nameAt>[0], cell: string | undefined): string | undefined {
  const text = cell?.trim() ?? ''
  const place = nameAt(table, text, 0)
  return place?.name === text ? place.code : undefined
}

function statedCounty(clues: PlaceClues, area: string, known: Known): FoundPlace | undefined {
  // A prefecture's column may name a county that no prefecture is over (济源市), or a prefecture without counties (东莞市).
  const cells = [clues.county, area.endsWith('0000') ? clues.prefecture : undefined]
  for (const cell of cells) {
    const text = cell?.trim() ?? ''
    if (text === '' || isNullWord(text)) continue
    const digits = /^\d{6}/.exec(text)?.[0]
    if (digits !== undefined && known.divisions.has(digits)) return placed(digits, 'stated', known)
    const { code, at } = readArea(text, area, known.names)
    const short = whole(known.names.shortCounties.get(code), text.slice(at))
    const county = nameAt(known.names.counties.get(code), text, at)?.code ?? short
    if (county !== undefined) return placed(county, 'stated', known)
  }
  return undefined
}

interface Sought extends Known {
  /** The code, where it is known. */
  readonly registered: string | undefined
}

function addressCounty(text: string, area: Area, sought: Sought): FoundPlace | undefined {
  if (text === '') return undefined
  const counties = sought.names.counties.get(area.code)
  // 湘潭县 in 湘潭市: what stands where a county should, before 湘潭 was taken for the prefecture. But 淮安市, abolished as
  // a county, is the prefecture.
  const begins = nameAt(counties, text, 0)
  const isCounty = begins && (area.at === 0 || sought.divisions.get(begins.code)?.status !== 'revoked')
  const first = isCounty ? begins : nameAt(counties, text, area.at)
  if (first) return placed(first.code, 'address', sought)
  if (area.code === '' || (area.code.endsWith('0000') && !isMunicipality(area.code))) return undefined
  return shortCounty(text, area, sought) ?? laterCounty(text, area, sought)
}

/** Reads a province and a prefecture off the beginning of a text, within the area that is known already. */
function readArea(text: string, stated: string, names: PlaceNames): Area {
  const start = text.startsWith('中国') ? 2 : 0
  const province = nameAt(names.provinces, text, start)
  // 吉林市 and 海南州 begin like provinces: where the province is known, only its own name is one.
  const isHere = province && (stated === '' || provinceOf({ code: stated }) === province.code)
  const at = isHere ? start + province.name.length : start
  const code = stated === '' && isHere ? province.code : stated
  if (code !== '' && !code.endsWith('0000')) return { code, at: at + lengthOfName(text, at, code, names) }
  const prefecture = nameAt(names.prefectures.get(code), text, at)
  if (!prefecture || !names.counties.has(prefecture.code)) return code === '' ? NOWHERE : { code, at }
  return { code: prefecture.code, at: at + prefecture.name.length }
}

function lengthOfName(text: string, at: number, prefecture: string, names: PlaceNames): number {
  const place = nameAt(names.prefectures.get(provinceOf({ code: prefecture })), text, at)
  if (place?.code !== prefecture) return 0
  const end = at + place.name.length
  return place.name.length + (LEVEL_AFTER.exec(text.slice(end, end + 2))?.[0].length ?? 0)
}

const LEVEL_AFTER = /^(?:市|州|盟|地区)/

// 武进雪堰镇 is in 武进区; 武进路, 西湖大道 and 西湖商场 may be anywhere.
const NOT_OF_THE_COUNTY =
  /^(?:[东南西北中]?[一二三四五]?(?:路|街(?!道)|巷|弄|桥|里|门)|[东南西北]?大(?:道|街|厦|桥|酒)|商|广场|市场|宾馆|酒店|花园|小区|新村|国际)/

function shortCounty(text: string, { code, at }: Area, sought: Sought): FoundPlace | undefined {
  const place = nameAt(sought.names.shortCounties.get(code), text, at)
  const end = at + (place?.name.length ?? 0)
  if (!place || NOT_OF_THE_COUNTY.test(text.slice(end, end + 6))) return undefined
  const found = placed(place.code, 'address', sought)
  const agrees = registrarOf(sought.registered, sought)?.divisionCode === found.divisionCode
  return agrees ? found : { ...found, flags: [...found.flags, 'countyByShortName'] }
}

const SEEN = 40

/** A county's full name further on: 大兴安岭地区漠河县, (经营地址：鼓楼区…). Two characters (郊区, 城区) say too little there. */
function laterCounty(text: string, { code, at }: Area, known: Known): FoundPlace | undefined {
  const counties = known.names.counties.get(code)
  for (let i = at + 1; i < Math.min(text.length - 2, SEEN); i++) {
    const place = nameAt(counties, text, i)
    if (place && place.name.length > 2) return placed(place.code, 'address', known)
  }
  return undefined
}

function registrarCounty(clues: PlaceClues, area: string, known: Known): FoundPlace | undefined {
  const found = registrarOf(clues.code, known)
  if (!found || area === '') return found
  // Registered in another prefecture than it is said to be in: moved, and the digits say nothing of where to.
  const own = { code: found.divisionCode }
  return area === (area.endsWith('0000') ? provinceOf(own) : prefectureOf(own)) ? found : undefined
}

function registrarOf(code: string | undefined, known: Known): FoundPlace | undefined {
  const digits = code?.length === 18 ? code.slice(2, 8) : (code ?? '').slice(0, 6)
  const division = known.divisions.get(digits)
  if (!division || digits.endsWith('00') || NO_COUNTY.test(division.name)) return undefined
  const found = placed(digits, 'registrar', known)
  return { ...found, flags: ['countyFromCode', ...found.flags] }
}

const NO_COUNTY = /^(?:市辖区|县)$/

/** The prefecture or the province, where no county can be told: it stands in a register, and somebody is asked to look. */
function wider(area: string, stated: string): FoundPlace | undefined {
  if (area === '') return undefined
  return { divisionCode: area, basis: area === stated ? 'stated' : 'address', flags: ['countyUnknown'] }
}

function placed(code: string, basis: FoundPlace['basis'], { divisions, names }: Known): FoundPlace {
  if (divisions.get(code)?.status !== 'revoked') return { divisionCode: code, basis, flags: NO_FLAGS }
  return { divisionCode: names.standIns.get(code) ?? code, basis, flags: ['revokedDivision'] }
}

function bare(text: string): string {
  return /\s/.test(text) ? text.replaceAll(/\s/g, '') : text
}

function isMunicipality(province: string): boolean {
  return ['110000', '120000', '310000', '500000'].includes(province)
}
