// The draws of 青石县: one whose lists are frozen and wait for their commitment, and one that was held, from the commitment to
// the certificate that outsiders have signed.

import { randomInt } from 'node:crypto'
import { Outsider } from './outsider.ts'
import { ExampleFailed, type Speaker, type Spoken } from './speaker.ts'
import type { ExampleTasks } from './tasks.ts'

/** Who holds a draw: people of the county, and those who come into the room with devices of their own. */
export interface DrawHands {
  readonly as: (username: string) => Speaker
  readonly device: (headers?: Readonly<Record<string, string>>) => Speaker
}

const MINUTE_MS = 60_000
/** As much notice as a real draw gives, so that a slow machine is never late either. */
const NOTICE_MS = 10 * MINUTE_MS
const FACES = 10
// More than 2^128 outcomes: what is weaker is said on the certificate.
const THROWS = 39
const PATIENCE_MS = 120_000
const PAUSE_MS = 300

/** Holds the draws, through the platform's own rules. */
export async function addDraws(hands: DrawHands, tasks: ExampleTasks): Promise<void> {
  const [id] = await Promise.all([freeze(hands, tasks.food), freeze(hands, tasks.registration)])
  const dice = await commit(hands, id)
  const outsiders = await meet(hands, id)
  await close(hands, id)
  await waitFor(hands, dice)
  await throwDice(hands, id, outsiders)
  await press(hands, id)
  const { certificateHash } = await hands.as('zhouwu').get(`/draws/${id}`)
  for (const outsider of outsiders) await outsider.sign('cert', String(certificateHash))
}

/** Open lists. Gives the draw, once they are frozen. */
async function freeze({ as }: DrawHands, taskId: string): Promise<string> {
  const clerk = as('zhouwu')
  const { id } = await clerk.post(`/tasks/${taskId}/draws`, { sealed: false })
  await inState(clerk, id, { under: 'freezing', wanted: 'frozen' })
  return id
}

/** The head commits. Gives the moment before which the dice may not be thrown. */
async function commit({ as }: DrawHands, id: string): Promise<Date> {
  const head = as('zhengqi')
  const { version } = await head.get(`/draws/${id}`)
  const closeBy = new Date((await head.now()).getTime() + NOTICE_MS)
  const notBefore = new Date(closeBy.getTime() + MINUTE_MS)
  await head.post(
    `/draws/${id}/commitment`,
    {
      closeBy: closeBy.toISOString(),
      sources: [{ kind: 'dice', faces: FACES, count: THROWS, notBefore: notBefore.toISOString() }],
    },
    { 'if-match': `"${version}"` },
  )
  return notBefore
}

/** The clerk opens the room; a deputy and a trade association's member come in, and each adds something of his own. */
async function meet({ as, device }: DrawHands, id: string): Promise<readonly Outsider[]> {
  const opened = await as('zhouwu').post(`/draws/${id}/room`)
  const { code } = opened['room'] as { readonly code: string }
  const { commitHash } = await as('zhouwu').get(`/draws/${id}`)
  const deputy = await Outsider.comeIn(device, code, 'PEOPLES_CONGRESS_DEPUTY')
  const trader = await Outsider.comeIn(device, code, 'TRADE_ASSOCIATION')
  await deputy.contribute('八千八百四十八', String(commitHash))
  await trader.contribute('今天有小雨', String(commitHash))
  return [deputy, trader]
}

/** The clerk stops contributions; the justice bureau signs the hash that it sees. */
async function close({ as }: DrawHands, id: string): Promise<void> {
  await as('zhouwu').post(`/draws/${id}/closing`)
  const overseer = as('fengba')
  const hash = await until('preflight', async () => {
    const { close: shown } = await overseer.get(`/draws/${id}/ceremony`)
    const { preflight, hash: seen } = shown as { readonly preflight: string; readonly hash: string }
    return preflight === 'running' ? undefined : seen
  })
  await overseer.post(`/draws/${id}/close`, { hash })
}

/** Nobody waits at a start: the administrator of a simulated platform sets its clock. */
async function waitFor({ as }: DrawHands, moment: Date): Promise<void> {
  await as('zhaoyi').post('/clock', { now: new Date(moment.getTime() + MINUTE_MS / 2).toISOString() })
}

/** Typed by two people of two authorities, who do not see each other's; signed by the two outsiders. */
async function throwDice({ as }: DrawHands, id: string, outsiders: readonly Outsider[]): Promise<void> {
  const text = Array.from({ length: THROWS }, () => randomInt(FACES)).join('')
  for (const typist of ['zhouwu', 'weijiu'])
    await as(typist).post(`/draws/${id}/values/dice/typings`, { text })
  const observers = outsiders.map(({ number }) => number)
  const { sources } = await as('zhouwu').post(`/draws/${id}/values/dice/outsiders`, { observers })
  const [dice] = sources as readonly { readonly recordHash: string }[]
  for (const outsider of outsiders) await outsider.sign('contrib', dice?.recordHash ?? '')
}

async function press({ as }: DrawHands, id: string): Promise<void> {
  const head = as('zhengqi')
  await head.proveAgain()
  await head.post(`/draws/${id}/presses`, { stage: 'objects' })
  await inState(head, id, { under: 'drawing', wanted: 'certified' })
}

function inState(
  speaker: Speaker,
  id: string,
  { under, wanted }: { readonly under: string; readonly wanted: string },
): Promise<Spoken> {
  return until(`draw that is ${wanted}`, async () => {
    const draw = await speaker.get(`/draws/${id}`)
    if (draw['state'] === wanted) return draw
    if (draw['state'] !== under || draw['failure'] !== null)
      throw new ExampleFailed(`the draw is ${String(draw['state'])}: ${JSON.stringify(draw['failure'])}`)
    return undefined
  })
}

/** What is there once a job has been done. Throws ExampleFailed where it takes too long. */
async function until<T>(what: string, see: () => Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end;) {
    const seen = await see()
    if (seen !== undefined) return seen
    await new Promise((go) => setTimeout(go, PAUSE_MS))
  }
  throw new ExampleFailed(`no ${what}`)
}
