// What the tests of imports have in common: a file on its way, and waiting for the work that it asks for.

import { creditCodeCheck } from '@sunlot/draw'
import type { TestApp, Client } from '../support/app.ts'

/** An import as a test sees it. */
export interface SeenImport {
  readonly id: string
  readonly state: string
  readonly version: number
  readonly counts: Readonly<Record<string, number>>
  readonly guess: Readonly<Record<string, number>>
  readonly sheet: { readonly header: readonly string[]; readonly sample: readonly (readonly string[])[] }
  readonly failure: { readonly code: string } | null
  readonly can: Readonly<Record<string, { readonly code: string } | null>>
}

/** What a test asks of an import, beside its file. */
export interface Asked {
  readonly register?: string
  readonly mode?: string
  readonly fileName?: string
  readonly division?: string
  readonly mapping?: object
}

const PATIENCE_MS = 60_000

/** Brings a file; gives the import as it stands then, or the refusal. */
export async function bring(client: Client, file: string | Buffer, asked: Asked = {}) {
  const { register = 'subject', mode = 'merge', fileName = '名单.csv', division } = asked
  const stored = await client.send('POST', '/files', {
    body: Buffer.from(file),
    headers: { 'content-type': 'text/csv' },
  })
  if (stored.status !== 201) return stored
  const { hash } = stored.body as unknown as { hash: string }
  return client.post('/register-imports', {
    file: hash,
    fileName,
    register,
    mode,
    ...(division ? { division } : {}),
  })
}

/** Brings a file and has it checked, by the columns that are guessed. */
export async function bringAndCheck(
  client: Client,
  file: string | Buffer,
  asked: Asked = {},
): Promise<SeenImport> {
  const brought = await bring(client, file, asked)
  if (brought.status !== 201) throw new Error(`${brought.status} ${brought.text}`)
  const { id, guess } = seen(brought.body)
  const answer = await client.post(`/register-imports/${id}/check`, {
    mapping: { columns: guess, ...asked.mapping },
  })
  if (answer.status !== 202) throw new Error(`${answer.status} ${answer.text}`)
  return settled(client, id)
}

/** Asks for the next step of an import and waits until it is done. */
export async function step(client: Client, id: string, verb: string, body?: object): Promise<SeenImport> {
  const answer = await client.post(`/register-imports/${id}/${verb}`, body)
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`)
  return settled(client, id)
}

/** The import once no work on it is under way. */
export async function settled(client: Client, id: string): Promise<SeenImport> {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until;) {
    const one = seen((await client.get(`/register-imports/${id}`)).body)
    if (!['checking', 'applying', 'undoing'].includes(one.state)) return one
    await new Promise((go) => setTimeout(go, 50))
  }
  throw new Error(`import ${id} does not settle`)
}

/** The rows of an import, all pages. */
export async function rowsOf(client: Client, id: string, result?: string) {
  const rows: {
    row: number
    result: string
    code: string | null
    name: string
    reasons: { code: string }[]
    changes: { field: string; before: string | null; after: string | null }[]
  }[] = []
  for (let after: string | undefined; ;) {
    const query = new URLSearchParams({
      limit: '200',
      ...(result ? { result } : {}),
      ...(after ? { after } : {}),
    })
    const { body } = await client.get(`/register-imports/${id}/rows?${query}`)
    const page = body as unknown as { items: typeof rows; next?: string }
    rows.push(...page.items)
    if (page.next === undefined) return rows
    after = page.next
  }
}

/** Starts the work in the background that imports need. */
export async function withJobs(app: TestApp): Promise<TestApp> {
  await app.start()
  return app
}

export function seen(body: unknown): SeenImport {
  return body as SeenImport
}

/** A fictional credit code of 青石县. */
export function creditCode(n: number): string {
  const first = `91990101MA${String(n).padStart(7, '0')}`
  return first + creditCodeCheck(first)
}

/** A register of so many subjects, from the nth code on. */
export function registerFile(rows: number, { first = 1, name = '青石县店' } = {}): string {
  const lines = Array.from(
    { length: rows },
    (_, n) => `${creditCode(first + n)},${name}${n},有限责任公司,青石县城关镇${n}号,`,
  )
  return ['统一社会信用代码,企业名称,企业类型,住所,联系电话', ...lines, ''].join('\n')
}
