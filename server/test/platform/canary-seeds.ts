// Secrets that stand nowhere else: put into every place that takes one, then looked for in every place that is read.

import { type Answer, Client, type TestApp } from '../support/app.ts'
import { type AskedPerson, COUNTY, givePerson, type GivenPerson, PROVINCE } from '../support/people.ts'
import { TOTP } from 'otpauth'
import { idCard } from '../registers/inspectors-kit.ts'

/** What was put in, by what it is. */
export type Canaries = Map<string, string>

/** The people by whose hands it was put in. */
export interface Hands {
  readonly system: GivenPerson
  readonly security: GivenPerson
  readonly newcomerId: string
}

const MOBILE = '13958274619'
const CHANGED_MOBILE = '13967193852'
const SHEET_MOBILE = '13974628153'
const SOUGHT_MOBILE = '13981539427'
const CARD = idCard(271, '19770305')
const CHANGED_CARD = idCard(273, '19810916')
const WRONG_CARD = `${idCard(275, '19691224').slice(0, 17)}Z`.replace('Z', 'X')
const INSPECTOR_MOBILE = '19963257418'
const CONTACT = '0990-4718263'
const SUBJECT_CARD = idCard(277, '19740621')
const SUBJECT_WRONG_CARD = `${idCard(279, '19680308').slice(0, 17)}Z`.replace('Z', 'X')
const SUBJECT_PHONE = '15947283616'
const SUBJECT_CHANGED_PHONE = '0990-7361548'
const RELATIVE = {
  subjectCode: '92990101MA7QK3W85T',
  subjectName: '青石县霜叶杂货铺',
  note: '妻子的弟弟经营的小店',
}
const SUBJECT = 'sub-7c1f0b5e92d84a63'
const MISTYPED = '误把密码当用户名 霜叶红于二月花'
const CHOSEN = '停车坐爱枫林晚 白云生处有人家'
const WEAK = 'qwert-canar'
const PURPOSE = { purpose: '核对联系方式' }

/** Seeds the application. What the server itself makes (one-time passwords, secrets, codes, tokens) is noted too. */
export async function seed(app: TestApp, authority: string): Promise<{ canaries: Canaries; hands: Hands }> {
  const give = (asked: AskedPerson): Promise<GivenPerson> =>
    givePerson(app, { ...asked, authority, division: PROVINCE })
  const system = await give({ roles: ['systemAdministrator'] })
  const security = await give({ roles: ['securityAdministrator'] })
  const canaries: Canaries = new Map([
    ['a password that everybody has here', system.password],
    ['a TOTP secret that everybody has here', system.totpSecret],
    ['a subject of the identity provider', SUBJECT],
  ])
  const newcomerId = await seedMobiles(system.client, authority, canaries)
  const office = await give({ roles: ['conferenceOffice'] })
  await seedInspectors(office, newcomerId, canaries)
  await seedSubjects(office, canaries)
  await seedCredentials(app, { system, security, newcomerId }, canaries)
  return { canaries, hands: { system, security, newcomerId } }
}

async function seedMobiles(client: Client, authorityId: string, canaries: Canaries): Promise<string> {
  const made = must(await client.post('/people', { authorityId, name: '冯示例', mobile: CHANGED_MOBILE }))
  const id = String(made['id'])
  must(await client.patch(`/people/${id}`, 1, { mobile: MOBILE }))
  const sheet = `部门,所属单位,科室,姓名,工号,职务,手机\n示例省某局,,,陈示例,C9,,${SHEET_MOBILE}\n示例省某局,,,陈示例,C9,,${SHEET_MOBILE}1\n`
  for (const rows of [2, 3])
    must(
      await client.send('POST', `/organisation-imports?division=${PROVINCE}`, {
        body: sheet.split('\n').slice(0, rows).join('\n'),
        headers: { 'content-type': 'application/octet-stream' },
      }),
    )
  await client.get(`/people?q=${SOUGHT_MOBILE}`)
  await client.get(`/search?q=${SOUGHT_MOBILE}`)
  await client.get(`/people/${SOUGHT_MOBILE}`)
  await client.post('/people', {
    authorityId,
    name: SOUGHT_MOBILE,
    mobile: `${SOUGHT_MOBILE}0`,
    unitId: SOUGHT_MOBILE,
  })
  for (const mobile of [MOBILE, CHANGED_MOBILE, SHEET_MOBILE, SOUGHT_MOBILE])
    canaries.set(`a mobile number ${mobile.slice(3, 5)}`, mobile.slice(2, 10))
  return id
}

/** Numbers of an inspector and of an expert, and what an inspector declares about his relatives. */
async function seedInspectors(by: GivenPerson, personId: string, canaries: Canaries): Promise<void> {
  const { client, authorityId } = by
  const fields = { personId, sex: 'male', level: 'county', category: 'ENFORCEMENT_QUALIFIED' }
  const made = must(await client.post('/inspectors', { ...fields, idCard: CARD, mobile: INSPECTOR_MOBILE }))
  must(await client.patch(`/inspectors/${String(made['id'])}`, 1, { idCard: CHANGED_CARD }))
  await client.post('/inspectors', { ...fields, idCard: WRONG_CARD })
  const expert = { authorityId, kind: 'expert', name: '严示例', contact: CONTACT }
  must(await client.post('/technical-experts', expert))
  const declared = { inspectorId: String(made['id']), kind: 'kinship', ...RELATIVE }
  must(await client.post('/declarations', declared))
  for (const sought of [CARD, INSPECTOR_MOBILE, CONTACT])
    for (const list of ['inspectors', 'technical-experts']) await client.get(`/${list}?q=${sought}`)
  for (const [name, secret] of Object.entries({ CARD, CHANGED_CARD, WRONG_CARD, INSPECTOR_MOBILE, CONTACT }))
    canaries.set(`an inspector’s ${name}`, secret.slice(3, 14))
  for (const [name, secret] of Object.entries(RELATIVE)) canaries.set(`a relative’s ${name}`, secret)
}

/** Numbers of a natural person in the register of subjects, and one that was taken for a code. */
async function seedSubjects({ client, authorityId }: GivenPerson, canaries: Canaries): Promise<void> {
  const fields = { authorityId, divisionCode: COUNTY, name: '霜叶摊贩', kind: 'NATURAL_PERSON' }
  const made = must(
    await client.post('/subjects', { ...fields, idCard: SUBJECT_CARD, telephone: SUBJECT_CHANGED_PHONE }),
  )
  must(await client.patch(`/subjects/${String(made['id'])}`, 1, { telephone: SUBJECT_PHONE }))
  await client.post('/subjects', { ...fields, idCard: SUBJECT_WRONG_CARD })
  await client.post('/subjects', { ...fields, kind: 'LEGAL_PERSON', code: SUBJECT_CARD })
  for (const sought of [SUBJECT_CARD, SUBJECT_PHONE]) {
    await client.get(`/subjects?q=${sought}`)
    await client.get(`/search?q=${sought}`)
  }
  const all = { SUBJECT_CARD, SUBJECT_WRONG_CARD, SUBJECT_PHONE, SUBJECT_CHANGED_PHONE }
  for (const [name, secret] of Object.entries(all)) canaries.set(`a subject’s ${name}`, secret.slice(3, 14))
}

async function seedCredentials(app: TestApp, hands: Hands, canaries: Canaries): Promise<void> {
  const { system, security, newcomerId } = hands
  const account = must(
    await system.client.post('/accounts', { personId: newcomerId, username: 'canary.bird' }),
  )
  const password = String(account['password'])
  canaries.set('a one-time password', password)
  must(
    await security.client.post(`/accounts/${String(account['id'])}/identities`, {
      subject: SUBJECT,
      ...PURPOSE,
    }),
  )
  await app.anonymous.post('/session', { username: MISTYPED, password: WEAK, code: '271828' })
  canaries.set('a password in the wrong field', MISTYPED).set('a wrong password', WEAK)
  const first = await open(app, { username: 'canary.bird', password }, canaries)
  await first.post('/me/password', { password, newPassword: WEAK })
  const changed = await first.post('/me/password', { password, newPassword: CHOSEN })
  canaries.set('a password of one’s own', CHOSEN)
  const client = rotated(app, changed, canaries)
  const { secret, uri } = must(await client.post('/me/totp'))
  canaries.set('a TOTP secret', String(secret)).set('an address for an app', String(uri))
  const code = new TOTP({ secret: String(secret) }).generate({ timestamp: app.clock.now().getTime() })
  const confirmed = await client.post('/me/totp/confirmation', { code })
  for (const [at, one] of (must(confirmed)['recoveryCodes'] as string[]).entries())
    canaries.set(`recovery code ${at}`, one)
  rotated(app, confirmed, canaries)
}

async function open(app: TestApp, typed: object, canaries: Canaries): Promise<Client> {
  return rotated(app, await app.anonymous.post('/session', typed), canaries)
}

/** A client with the token that an answer set. */
function rotated(app: TestApp, answer: Answer, canaries: Canaries): Client {
  must(answer)
  const cookies = [answer.headers['set-cookie']].flat().map(String)
  const token = /__Host-sunlot=([^;]+)/.exec(cookies.join('\n'))?.[1] ?? ''
  canaries.set(`token ${canaries.size}`, token)
  return new Client(app, token)
}

function must({ status, body, text }: Answer): Readonly<Record<string, unknown>> {
  if (status >= 300) throw new Error(`${status} ${text}`)
  return body
}
