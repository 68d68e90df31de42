// Fills a new, simulated database with 青石县: first its administrators, then everything through the platform's own rules.

import type { App } from '../app.ts'
import { bearAdministrators } from '../accounts/index.ts'
import type { Clock } from '../platform/clock.ts'
import { dayOf } from '../platform/clock.ts'
import { idsOf } from '../platform/ids.ts'
import { addCatalogue } from './catalogue.ts'
import {
  ADMINISTRATORS,
  CONFERENCE,
  DIVISION,
  type ExampleAuthority,
  type ExamplePerson,
  FIRST,
  JUSTICE,
  OTHERS,
} from './county.ts'
import { nameDueDays } from './days.ts'
import { addDraws } from './draws.ts'
import { addInspectors } from './inspectors.ts'
import { addPlans } from './plans.ts'
import { importRegister } from './register.ts'
import { addSubjects } from './subjects.ts'
import { addTasks } from './tasks.ts'
import { type SignIn, Speaker, type Spoken } from './speaker.ts'

/** The same for everybody: it protects nothing, and says so. */
const PASSWORD = 'qingshi-xian-shili'

const TITLES: Readonly<Record<string, string>> = {
  systemAdministrator: '系统管理员',
  securityAdministrator: '安全管理员',
  auditAdministrator: '审计管理员',
}

/** Somebody who was given an account and has signed in. */
interface Enrolled {
  readonly speaker: Speaker
  readonly personId: string
}

/**
 * Builds the county and gives its sign-ins. The database must be simulated and without an account, its jobs and the sequencer of
 * its log running. It leaves the clock some minutes ahead of the machine's: a draw was held.
 */
export async function buildExample(app: App, clock: Clock): Promise<readonly SignIn[]> {
  const builder = new Builder(app, clock)
  await builder.begin()
  const market = await builder.fill(FIRST, builder.firstAuthority)
  const justice = await builder.fill(JUSTICE)
  const others: Filled[] = []
  for (const authority of OTHERS) others.push(await builder.fill(authority))
  await builder.convene(market, justice, others)
  await builder.leaveSomethingToDo()
  await builder.fillRegisters(market.id, others[0]!.id)
  return builder.signIns
}

interface Filled {
  readonly id: string
  readonly deputyId: string
}

class Builder {
  readonly #app: App
  readonly #clock: Clock
  readonly signIns: SignIn[] = []
  readonly #enrolled = new Map<string, Enrolled>()
  firstAuthority = ''

  constructor(app: App, clock: Clock) {
    this.#app = app
    this.#clock = clock
  }

  /** The three administrators, who exist before anybody could have granted them anything. */
  async begin(): Promise<void> {
    const recording = { database: this.#app.database, newId: idsOf(this.#clock) }
    const { name, shortName, inspects } = FIRST
    const born = await bearAdministrators(recording, {
      divisionCode: DIVISION,
      authority: { name, shortName, inspects },
      people: ADMINISTRATORS,
      now: this.#clock.now(),
    })
    for (const { role, username, password } of born)
      await this.#enrol({
        username,
        name: ADMINISTRATORS[role].name,
        title: TITLES[role] ?? role,
        first: password,
      })
    const { items } = await this.#as('zhaoyi').get('/authorities')
    this.firstAuthority = (items as readonly Spoken[])[0]?.id ?? ''
  }

  /** Units, people, accounts and roles of an authority, which is made where it is not there yet. */
  async fill(authority: ExampleAuthority, existing?: string): Promise<Filled> {
    const system = this.#as('zhaoyi')
    const { name, shortName, inspects } = authority
    const id =
      existing ??
      (await system.post('/authorities', { divisionCode: DIVISION, name, shortName, inspects })).id
    const units: string[] = []
    for (const unit of authority.units)
      units.push((await system.post(`/authorities/${id}/units`, { name: unit })).id)
    const people: string[] = []
    for (const [at, person] of authority.people.entries()) {
      const unitId = at === 0 ? undefined : units[at % units.length]
      people.push(
        await this.#settle(person, { authorityId: id, authorityName: shortName, unitId, number: at + 1 }),
      )
    }
    return { id, deputyId: people[0] ?? '' }
  }

  /** The joint conference with its leading group and a responsible deputy for each member. */
  async convene(market: Filled, justice: Filled, others: readonly Filled[]): Promise<void> {
    const system = this.#as('zhaoyi')
    let conference = await system.post('/conferences', {
      divisionCode: DIVISION,
      name: CONFERENCE,
      officeAuthorityId: market.id,
      oversightAuthorityId: justice.id,
      leadingGroup: [
        { personId: market.deputyId, post: 'head' },
        { personId: justice.deputyId, post: 'deputyHead' },
      ],
    })
    for (const { id, deputyId } of [market, justice, ...others])
      conference = await system.put(`/conferences/${conference.id}/members/${id}`, conference.version, {
        responsibleDeputyId: deputyId,
      })
  }

  /** A grant and a change of the law that wait for a second person, so that the first page is not empty. */
  async leaveSomethingToDo(): Promise<void> {
    await nameDueDays(
      { office: this.#as('lisi'), oversight: this.#as('weijiu') },
      { division: DIVISION, year: dayOf(this.#clock.now()).slice(0, 4) },
    )
    const chen = this.#enrolled.get('chenshi')
    const health = await this.#as('zhaoyi').get(`/people/${chen?.personId}`)
    await this.#as('qianer').post('/grants', {
      personId: chen?.personId,
      role: 'inspector',
      authorityId: health['authorityId'],
      divisionCode: DIVISION,
      validFrom: dayOf(this.#clock.now()),
      reason: '已取得行政执法证，拟参加联合抽查',
    })
    await this.#as('lisi').post('/law/entries', {
      division: DIVISION,
      parameter: 'publication.result_deadline',
      value: 10,
      kind: 'default',
      from: '2027-01-01',
      source: {
        document: '青双联办〔2026〕3号（示例）',
        article: '第九条',
        phrase: '抽查结束后10个工作日内公示抽查结果',
      },
    })
  }

  /** What is inspected, who may inspect, and who is inspected: by hand, while a file is imported beside it. */
  async fillRegisters(market: string, health: string): Promise<void> {
    const clerk = this.#as('zhouwu')
    await Promise.all([this.#fillByHand(market, health), importRegister(clerk)])
    await clerk.post('/subject-figures')
    const hands = {
      as: (username: string) => this.#as(username),
      market,
      health,
      today: dayOf(this.#clock.now()),
    }
    const tasks = await addTasks(hands, await addPlans(hands))
    const device = (headers?: Readonly<Record<string, string>>) => new Speaker(this.#app.server, headers)
    await addDraws({ as: hands.as, device }, tasks)
  }

  async #fillByHand(market: string, health: string): Promise<void> {
    const year = dayOf(this.#clock.now()).slice(0, 4)
    await addCatalogue({ as: (username) => this.#as(username), market, health, year })
    await addInspectors({
      system: this.#as('zhaoyi'),
      office: this.#as('lisi'),
      clock: this.#clock,
      signsIn: this.#enrolled.get('jiangshier')?.personId ?? '',
    })
    const { items } = await this.#as('zhaoyi').get('/authorities?limit=200')
    const authorities = items as readonly (Spoken & { readonly name: string })[]
    await addSubjects({
      office: this.#as('lisi'),
      clerk: this.#as('zhouwu'),
      head: this.#as('wuliu'),
      authorityOf: (ending) => authorities.find(({ name }) => name.endsWith(ending))?.id ?? '',
    })
  }

  async #settle(
    person: ExamplePerson,
    place: {
      readonly authorityId: string
      readonly authorityName: string
      readonly unitId: string | undefined
      readonly number: number
    },
  ): Promise<string> {
    const system = this.#as('zhaoyi')
    const { id } = await system.post('/people', {
      authorityId: place.authorityId,
      ...(place.unitId === undefined ? {} : { unitId: place.unitId }),
      name: person.name,
      staffNumber: `QS${String(place.number).padStart(3, '0')}`,
      post: person.post,
    })
    if (person.username === undefined) return id
    for (const role of person.roles ?? []) await this.#grant(id, role, place.authorityId)
    const account = await system.post('/accounts', { personId: id, username: person.username })
    const title = `${place.authorityName}${person.post}`
    const first = String(account['password'])
    await this.#enrol({ username: person.username, name: person.name, title, first }, id)
    return id
  }

  /** Proposed by the security administrator, approved by the system administrator. */
  async #grant(personId: string, role: string, authorityId: string): Promise<void> {
    const proposal = await this.#as('qianer').post('/grants', {
      personId,
      role,
      authorityId,
      divisionCode: DIVISION,
      validFrom: dayOf(this.#clock.now()),
      reason: '示例县初始授权',
    })
    await this.#as('zhaoyi').post(
      `/grants/${proposal.id}/approval`,
      {},
      { 'if-match': `"${proposal.version}"` },
    )
  }

  async #enrol(
    who: { readonly username: string; readonly name: string; readonly title: string; readonly first: string },
    personId = '',
  ): Promise<void> {
    const speaker = new Speaker(this.#app.server)
    const passwords = { first: who.first, own: PASSWORD }
    const totpSecret = await speaker.enrol(who.username, passwords, () => this.#clock.now())
    this.#enrolled.set(who.username, { speaker, personId })
    this.signIns.push({
      username: who.username,
      name: who.name,
      title: who.title,
      password: PASSWORD,
      totpSecret,
    })
  }

  #as(username: string): Speaker {
    const enrolled = this.#enrolled.get(username)
    if (!enrolled) throw new Error(`${username} has not signed in`)
    return enrolled.speaker
  }
}
