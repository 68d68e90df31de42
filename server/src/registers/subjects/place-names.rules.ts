// The names of divisions, prepared once so that the county of an address is found in microseconds.

import type { Division, Divisions } from '../../law/index.ts'

/** Names that a text may begin with, by their first two characters, the longest first. */
export type NameTable = ReadonlyMap<string, readonly NamedPlace[]>

export interface NamedPlace {
  readonly name: string
  readonly code: string
}

/** What is known of the names of divisions. Areas are codes of provinces and prefectures; `''` is the nation. */
export interface PlaceNames {
  readonly provinces: NameTable
  /** By province; and by `''` those whose full name only one of the nation bears. */
  readonly prefectures: ReadonlyMap<string, NameTable>
  /** Full names of counties by area. In a province and in the nation only those that one county alone bears. */
  readonly counties: ReadonlyMap<string, NameTable>
  /** Names of counties without 县, 区, 市, 旗, by prefecture; by province those that no prefecture is over. */
  readonly shortCounties: ReadonlyMap<string, NameTable>
  /** The county in force that bears a revoked one's name (大丰市 → 大丰区), by the revoked code. */
  readonly standIns: ReadonlyMap<string, string>
}

const PEOPLES =
  '蒙古|哈萨克|柯尔克孜|维吾尔|布依|朝鲜|土家|哈尼|傈僳|高山|拉祜|东乡|纳西|景颇|达斡尔|仫佬|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺'
const ONE_WORD_PEOPLES = '回|藏|苗|彝|壮|满|侗|瑶|白|傣|黎|佤|畲|水|土|羌|怒|京|各'
const AUTONOMOUS = new RegExp(`(?:(?:${PEOPLES})族?|(?:${ONE_WORD_PEOPLES})族)*自治[区州县旗]$`)
// A district may be named after a people without being autonomous: 管城回族区.
const DISTRICT_OF_PEOPLE = new RegExp(`(?:${PEOPLES}|${ONE_WORD_PEOPLES})族区$`)
const LEVEL = /(?:特别行政区|林区|特区|地区|省|市|区|县|旗|盟)$/
const NOT_A_PLACE = /^(?:市辖区|县|省直辖.*|自治区直辖.*|省直辖县级行政单位)$/

/** A name without what says its level: 黔南布依族苗族自治州 → 黔南. Nothing where less than two characters are left. */
export function shortNameOf(name: string): string | undefined {
  const short = AUTONOMOUS.test(name)
    ? name.replace(AUTONOMOUS, '')
    : name.replace(DISTRICT_OF_PEOPLE, '').replace(LEVEL, '')
  return short.length >= 2 && short !== name ? short : undefined
}

/** Prepares the names of all divisions. Takes some milliseconds: once for a list of divisions. */
export function preparePlaceNames(divisions: Divisions): PlaceNames {
  // What is in force comes first, so that it keeps its name when an abolished one bore the same.
  const all = [...divisions.values()]
    .filter(({ name }) => !NOT_A_PLACE.test(name))
    .sort((a, b) => RANK[a.status] - RANK[b.status] || (a.code > b.code ? -1 : 1))
  const provinces = all.filter(({ code }) => code.endsWith('0000'))
  const prefectures = all.filter(({ code }) => code.endsWith('00') && !code.endsWith('0000'))
  const counties = all.filter(({ code }) => !code.endsWith('00'))
  return {
    provinces: tableOf(provinces.flatMap(bothNames)),
    prefectures: new Map([
      ...grouped(prefectures, provinceOf, bothNames),
      ['', tableOf(onlyBearers(prefectures.filter(isInForce)))],
    ]),
    counties: new Map([
      ...grouped(counties, provinceOf, (one) => [one], onlyBearers),
      ...grouped(counties, prefectureOf, (one) => [one]),
      ['', tableOf(onlyBearers(counties.filter(isInForce)))],
    ]),
    shortCounties: new Map([
      ...grouped(counties.filter(isInForce), prefectureOf, shortNames),
      // 济源市: under the province itself. Such codes have 90 where a prefecture has its number.
      ...grouped(counties.filter(isInForce).filter(isUnderProvince), provinceOf, shortNames),
    ]),
    standIns: standInsOf(counties),
  }
}

/** The longest of the names that stands in `text` at `at`. */
export function nameAt(table: NameTable | undefined, text: string, at: number): NamedPlace | undefined {
  for (const place of table?.get(text.slice(at, at + 2)) ?? [])
    if (text.startsWith(place.name, at)) return place
  return undefined
}

export function provinceOf({ code }: Pick<Division, 'code'>): string {
  return `${code.slice(0, 2)}0000`
}

export function prefectureOf({ code }: Pick<Division, 'code'>): string {
  return `${code.slice(0, 4)}00`
}

const RANK = { current: 0, fictional: 0, statistical: 1, revoked: 2 } as const

function isUnderProvince({ code }: Division): boolean {
  return code.slice(2, 4) === '90'
}

function isInForce({ status }: Division): boolean {
  return status !== 'revoked'
}

function bothNames(division: Division): readonly NamedPlace[] {
  return [division, ...shortNames(division)]
}

function shortNames({ code, name }: Division): readonly NamedPlace[] {
  const short = shortNameOf(name)
  return short === undefined ? [] : [{ name: short, code }]
}

function grouped(
  divisions: readonly Division[],
  areaOf: (division: Division) => string,
  namesOf: (division: Division) => readonly NamedPlace[],
  choose: (members: readonly Division[]) => readonly Division[] = (members) => members,
): readonly (readonly [string, NameTable])[] {
  const members = groupedBy(divisions, areaOf)
  return [...members].map(([area, some]) => [area, tableOf(choose(some).flatMap(namesOf))])
}

/** Of a name, the first place keeps it. */
function tableOf(places: readonly NamedPlace[]): NameTable {
  const table = new Map<string, NamedPlace[]>()
  const taken = new Set<string>()
  for (const { name, code } of places) {
    if (taken.has(name)) continue
    taken.add(name)
    const key = name.slice(0, 2)
    table.set(key, [...(table.get(key) ?? []), { name, code }])
  }
  for (const some of table.values()) some.sort((a, b) => b.name.length - a.name.length)
  return table
}

/** Without those whose name another one bears too; an abolished one does not take a name from one in force. */
function onlyBearers(divisions: readonly Division[]): readonly Division[] {
  return [...groupedBy(divisions, ({ name }) => name).values()].flatMap((bearers) => {
    const inForce = bearers.filter(isInForce)
    const bearing = inForce.length > 0 ? inForce : bearers
    return bearing.length === 1 ? bearing : []
  })
}

function standInsOf(counties: readonly Division[]): ReadonlyMap<string, string> {
  const inForce = counties.filter(isInForce)
  const byPrefecture = groupedBy(inForce, (one) => prefectureOf(one) + stem(one))
  const byProvince = groupedBy(inForce, (one) => provinceOf(one) + stem(one))
  return new Map(
    counties.flatMap((one) => {
      if (isInForce(one)) return []
      const near = byPrefecture.get(prefectureOf(one) + stem(one)) ?? []
      const [heir, ...others] = near.length > 0 ? near : (byProvince.get(provinceOf(one) + stem(one)) ?? [])
      return heir && others.length === 0 ? [[one.code, heir.code] as const] : []
    }),
  )
}

function stem({ name }: Division): string {
  return shortNameOf(name) ?? name
}

function groupedBy<Of, Key>(all: readonly Of[], keyOf: (one: Of) => Key): ReadonlyMap<Key, readonly Of[]> {
  const groups = new Map<Key, Of[]>()
  for (const one of all) {
    const group = groups.get(keyOf(one))
    if (group) group.push(one)
    else groups.set(keyOf(one), [one])
  }
  return groups
}
