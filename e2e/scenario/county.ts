// The ground on which a year plays: authorities, people with accounts and roles, the conference, items with their bases,
// inspectors. All of it over HTTP, by whom the platform lets do it.

import type { Body } from './http.ts'
import type { Year } from './year.ts'

/** An authority. `hands`: it gets a clerk and a head with accounts, and so many inspectors. */
export interface GroundAuthority {
  readonly key: string
  readonly name: string
  readonly short: string
  readonly division?: string
  readonly hands?: boolean
  readonly inspectors?: number
  /** The key of the authority above it; it stands before it. */
  readonly superior?: string
}

/** An item of an authority: what it is, on which law it rests, and which industries it is for. */
export interface GroundItem {
  readonly of: string
  readonly code: string
  readonly name: string
  readonly tier: 'PRIORITY' | 'GENERAL'
  readonly law: string
  readonly industries?: readonly string[]
  readonly ratioCap?: number
  readonly field?: 'market' | 'nonMarket'
  readonly methods?: readonly string[]
}

/** What a place begins with; the first authority is that of the administrators, `justice` the conference's overseer. */
export interface Ground {
  readonly authorities: readonly GroundAuthority[]
  readonly items: readonly GroundItem[]
  readonly conference: string
  /** The key of the conference's office, where it is not the first authority. */
  readonly office?: string
}

/** What stands afterwards: ids by key. */
export interface County {
  readonly year: Year
  readonly ids: ReadonlyMap<string, string>
  readonly items: ReadonlyMap<string, string>
  readonly inspectors: ReadonlyMap<string, readonly string[]>
  /** The key of the authority that is the conference's office. */
  readonly office: string
}

/** Who begins, with the passwords that the operator was told. */
export interface Administrators {
  readonly system: readonly [username: string, password: string]
  readonly security: readonly [username: string, password: string]
}

/** The instruments on which the items rest: all of them in force in every year that is played. */
const LAWS: ReadonlyMap<string, { readonly level: string; readonly number?: string; readonly from: string }> =
  new Map([
    ['中华人民共和国食品安全法', { level: 'law', from: '2015-10-01' }],
    ['中华人民共和国消防法', { level: 'law', from: '2009-05-01' }],
    ['中华人民共和国安全生产法', { level: 'law', from: '2014-12-01' }],
    [
      '公共场所卫生管理条例',
      { level: 'administrativeRegulation', number: '国发〔1987〕24号', from: '1987-04-01' },
    ],
    [
      '企业信息公示暂行条例',
      { level: 'administrativeRegulation', number: '国务院令第654号', from: '2014-10-01' },
    ],
    [
      '娱乐场所管理条例',
      { level: 'administrativeRegulation', number: '国务院令第458号', from: '2006-03-01' },
    ],
  ])

const NUMBERS = '一二三四五六七八九'
const SURNAMES = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜'

/** Makes it. Everybody is called by the key of his authority and his part: `market.clerk`, `market.head`, `office`. */
export async function layGround(year: Year, ground: Ground, administrators: Administrators): Promise<County> {
  await year.welcome(...administrators.system)
  await year.welcome(...administrators.security)
  const hands = new Hands(year, administrators.system[0], administrators.security[0])
  const ids = await hands.authorities(ground)
  await hands.convene(ground, ids)
  const items = await enterItems(year, ground, ids)
  const inspectors = new Map<string, readonly string[]>()
  for (const { key, inspectors: count = 0 } of ground.authorities)
    if (count > 0) inspectors.set(key, await hands.inspectors(ids.get(key) ?? '', count))
  return { year, ids, items, inspectors, office: officeOf(ground) }
}

class Hands {
  readonly #year: Year
  readonly #system: string
  readonly #security: string
  readonly #deputies = new Map<string, string>()
  #people = 0

  constructor(year: Year, system: string, security: string) {
    this.#year = year
    this.#system = system
    this.#security = security
  }

  async authorities(ground: Ground): Promise<ReadonlyMap<string, string>> {
    const ids = new Map<string, string>()
    const { items } = await this.#year.get(this.#system, '/authorities')
    for (const [at, authority] of ground.authorities.entries()) {
      const { key, name, short, division = this.#year.place.division } = authority
      const superior = authority.superior === undefined ? {} : { superiorId: ids.get(authority.superior) }
      const given = { divisionCode: division, name, shortName: short, inspects: true, ...superior }
      const { id } = at === 0 ? items[0]! : await this.#year.must(this.#system, 'POST', '/authorities', given)
      ids.set(key, id)
      const place = { id, division }
      this.#deputies.set(key, await this.#person(place, '副职负责人'))
      if (!authority.hands) continue
      await this.#account(place, `${key}.clerk`, 'clerk', '科员')
      await this.#account(place, `${key}.head`, 'unitHead', '股长')
      if (key === officeOf(ground))
        await this.#account(place, 'office', 'conferenceOffice', '联席会议办公室主任')
      if (key === 'justice') await this.#account(place, 'oversight', 'oversight', '执法监督股股长')
    }
    return ids
  }

  async convene(ground: Ground, ids: ReadonlyMap<string, string>): Promise<void> {
    const office = officeOf(ground)
    const overseer = ids.get('justice')
    let conference = await this.#year.must(this.#system, 'POST', '/conferences', {
      divisionCode: this.#year.place.division,
      name: ground.conference,
      officeAuthorityId: ids.get(office),
      ...(overseer === undefined ? {} : { oversightAuthorityId: overseer }),
      leadingGroup: [{ personId: this.#deputies.get(office), post: 'head' }],
    })
    for (const { key, division } of ground.authorities) {
      if (division !== undefined && division !== this.#year.place.division) continue
      conference = await this.#year.must(
        this.#system,
        'PUT',
        `/conferences/${conference.id}/members/${ids.get(key)}`,
        { responsibleDeputyId: this.#deputies.get(key) },
        { version: conference.version },
      )
    }
  }

  async inspectors(authorityId: string, count: number): Promise<readonly string[]> {
    const ids: string[] = []
    for (let at = 0; at < count; at += 1) {
      const personId = await this.#person({ id: authorityId }, '执法人员')
      const year = Number((await this.#year.today()).slice(0, 4))
      const { id } = await this.#year.must('office', 'POST', '/inspectors', {
        personId,
        sex: 'male',
        idCard: idCardOf(this.#people),
        mobile: `199${String(this.#people).padStart(8, '0')}`,
        warrantNumber: `演${String(10_000 + this.#people)}`,
        warrantAuthority: '演练用发证机关',
        warrantFrom: `${year - 2}-01-01`,
        warrantUntil: `${year + 3}-12-31`,
        level: 'county',
        category: 'ENFORCEMENT_QUALIFIED',
        enforcementCategories: ['综合'],
        qualifications: [],
        specialisms: [],
      })
      ids.push(id)
    }
    return ids
  }

  async #account(
    place: { readonly id: string; readonly division: string },
    username: string,
    role: string,
    post: string,
  ): Promise<void> {
    const personId = await this.#person(place, post)
    const grant = await this.#year.must(this.#security, 'POST', '/grants', {
      personId,
      role,
      authorityId: place.id,
      divisionCode: place.division,
      validFrom: await this.#year.today(),
      reason: '演练开始时的授权',
    })
    await this.#year.must(
      this.#system,
      'POST',
      `/grants/${grant.id}/approval`,
      {},
      { version: grant.version },
    )
    const { password } = await this.#year.must(this.#system, 'POST', '/accounts', { personId, username })
    await this.#year.welcome(username, String(password))
  }

  async #person(place: { readonly id: string }, post: string): Promise<string> {
    this.#people += 1
    const { id } = await this.#year.must(this.#system, 'POST', '/people', {
      authorityId: place.id,
      name: nameOf(this.#people),
      staffNumber: `YL${String(this.#people).padStart(4, '0')}`,
      post,
    })
    return id
  }
}

function officeOf({ office, authorities }: Ground): string {
  return office ?? authorities[0]?.key ?? ''
}

/** Drafted by the authority's clerk, decided by its head. */
async function enterItems(
  year: Year,
  ground: Ground,
  ids: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> {
  const citations = new Map<string, string>()
  const items = new Map<string, string>()
  for (const {
    of,
    law,
    code,
    name,
    tier,
    industries = [],
    ratioCap,
    field = 'market',
    methods,
  } of ground.items) {
    const clerk = `${of}.clerk`
    if (!citations.has(law)) citations.set(law, (await enterLaw(year, clerk, law, ids.get(of) ?? '')).id)
    const { id } = await year.must(clerk, 'POST', '/items', {
      authorityId: ids.get(of),
      code,
      name,
      object: '有关经营单位',
      scope: `${name}的各项要求是否落实。`,
      field,
      isRandom: true,
      tier,
      ...(ratioCap === undefined ? {} : { ratioCap }),
      methods: methods ?? ['ON_SITE', 'DOCUMENTARY'],
      implementingLevels: ['prefecture', 'county'],
      frequency: '每年一次',
      appliesTo: { industries, entityTypes: [], kinds: [], licenceKinds: [], pools: [], tags: [] },
      bases: [{ citationId: citations.get(law), article: '第三条' }],
    })
    await year.must(clerk, 'POST', `/items/${id}/proposal`)
    await year.must(`${of}.head`, 'POST', `/items/${id}/approval`, {})
    items.set(code, id)
  }
  return items
}

function enterLaw(year: Year, clerk: string, title: string, authorityId: string): Promise<Body> {
  const { level, number, from } = LAWS.get(title) ?? { level: 'law', from: '2015-01-01', number: undefined }
  return year.must(clerk, 'POST', '/citations', {
    authorityId,
    title,
    ...(number === undefined ? {} : { documentNumber: number }),
    issuer: level === 'law' ? '全国人民代表大会常务委员会' : '国务院',
    level,
    inForceFrom: from,
  })
}

/** 赵一, 钱二 … 赵三一: numbers for names, so that nobody is taken for somebody. */
function nameOf(number: number): string {
  const surname = SURNAMES[number % SURNAMES.length] ?? '赵'
  const digits = [...String(number)].map((digit) => NUMBERS[Number(digit) - 1] ?? '〇')
  return surname + digits.join('')
}

/** Right in its check digit; its division is nobody's. */
function idCardOf(number: number): string {
  const body = `99010119850115${String(number * 2 + 1).padStart(3, '0')}`
  const sum = [...body].reduce((all, digit, at) => all + Number(digit) * (2 ** (17 - at) % 11), 0)
  return body + '10X98765432'.charAt(sum % 11)
}
