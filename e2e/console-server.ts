// The real server with the example county, on the embedded database, and browsers that are signed in to it.

import { rmSync } from 'node:fs'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { codeAt, type SignIn } from '../server/src/example/speaker.ts'
import { countyFolder, serveOn } from './county.ts'
import { buildPages } from './pages.ts'

export const DESK = { width: 1366, height: 768 }
export const PHONE = { width: 390, height: 844 }

const STEP_MS = 30_000
const stepAt = (at: Date): number => Math.floor(at.getTime() / STEP_MS)

type StorageState = Exclude<BrowserContextOptions['storageState'], string | undefined>

/** A console that can be used as anybody of the county. */
export class ConsoleUnderTest {
  readonly address: string
  readonly #browser: Browser
  readonly #signIns: readonly SignIn[]
  readonly #states = new Map<string, StorageState>()
  readonly #lastStep = new Map<string, number>()
  readonly #started = new Date()
  readonly #stop: () => Promise<void>
  /** What browsers complained of: errors of scripts, and what the content security policy refused. */
  readonly troubles: string[] = []

  constructor(parts: {
    address: string
    browser: Browser
    signIns: readonly SignIn[]
    stop: () => Promise<void>
  }) {
    this.address = parts.address
    this.#browser = parts.browser
    this.#signIns = parts.signIns
    this.#stop = parts.stop
  }

  /** A page as somebody of the county (by username), or as nobody. */
  async open(path: string, options: BrowserContextOptions & { readonly as?: string } = {}): Promise<Page> {
    const { as, ...rest } = options
    const state = as === undefined ? {} : { storageState: await this.#stateOf(as) }
    const context = await this.#browser.newContext({ viewport: DESK, ...state, ...rest })
    const page = await context.newPage()
    page.on('pageerror', (error) => this.troubles.push(error.message))
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) this.troubles.push(message.text())
    })
    await page.goto(new URL(path, this.address).href)
    await page.waitForLoadState('networkidle')
    return page
  }

  /** Fills in the door. */
  async signIn(page: Page, username: string): Promise<void> {
    const person = this.#of(username)
    await page.fill('#username', username)
    await page.fill('#password', person.password)
    await page.fill('#code', await this.#code(page, person))
    await page.click('button[type=submit]')
    await page.waitForURL((url) => url.pathname !== '/sign-in')
    await page.waitForLoadState('networkidle')
  }

  /** Proves again that it is he, where the dialog asks. */
  async proveAgain(page: Page, username: string): Promise<void> {
    const person = this.#of(username)
    const dialog = page.getByRole('dialog', { name: '请再次验证身份' })
    await dialog.locator('input[type=password]').fill(person.password)
    await dialog.locator('input.code').fill(await this.#code(page, person))
    await dialog.getByRole('button', { name: '确认' }).click()
    await dialog.waitFor({ state: 'hidden' })
    // The session got a new cookie by it.
    this.#states.set(username, await page.context().storageState())
  }

  async #stateOf(username: string): Promise<StorageState> {
    const known = this.#states.get(username)
    if (known) return known
    const page = await this.open('/sign-in')
    await this.signIn(page, username)
    const state = await page.context().storageState()
    await page.context().close()
    this.#states.set(username, state)
    return state
  }

  /** A code is good once. The next one is taken early, as a clock that runs ahead would; else it is waited for. */
  async #code(page: Page, { username, totpSecret }: SignIn): Promise<string> {
    const least = (this.#lastStep.get(username) ?? stepAt(this.#started)) + 1
    while (stepAt(await this.now(page)) + 1 < least) await page.waitForTimeout(500)
    const step = Math.max(least, stepAt(await this.now(page)))
    this.#lastStep.set(username, step)
    return codeAt(totpSecret, new Date(step * STEP_MS))
  }

  /** The platform's time. */
  async now(page: Page): Promise<Date> {
    const reply = await page.request.get(new URL('/api/v1/system', this.address).href)
    const { now } = (await reply.json()) as { readonly now: string }
    return new Date(now)
  }

  #of(username: string): SignIn {
    const found = this.#signIns.find((each) => each.username === username)
    if (!found) throw new Error(`nobody is called ${username}`)
    return found
  }

  async close(): Promise<void> {
    await this.#browser.close()
    await this.#stop()
  }
}

/** Builds the console, starts the server on a folder of its own with the county. */
export async function startConsole(browser: Browser): Promise<ConsoleUnderTest> {
  buildPages('console')
  const { folder, signIns } = await countyFolder()
  const running = await serveOn(folder)
  const stop = async () => {
    await running.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  // A cookie for this host alone is taken over plain HTTP on localhost only.
  return new ConsoleUnderTest({
    address: running.address.replace('127.0.0.1', 'localhost'),
    browser,
    signIns,
    stop,
  })
}
