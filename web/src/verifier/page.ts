// The page: takes a bundle, has it verified, shows what comes, and looks up one firm at a time.

import { CHECK_IDS, type Fate, namesNoWitness, policy } from '@sunlot/draw'
import { hintOf, normalizeCode } from './credit-code.ts'
import { byId } from './dom.ts'
import { fetchExample, isExampleHere } from './example.ts'
import type { Answer, Files } from './messages.ts'
import { bundleInZip, chosenFiles, droppedFiles, NotABundle, readBundle } from './read-bundle.ts'
import { type Actions, emptyState, type State } from './state.ts'
import type { Thread } from './thread.ts'
import { bytesView, limitsView } from './view-bytes.ts'
import { checksView } from './view-checks.ts'
import { lookupView } from './view-lookup.ts'
import { startView } from './view-start.ts'
import { figuresView, verdictView } from './view-verdict.ts'
import { Words } from './words.ts'

/** The one page. */
export class Page implements Actions {
  readonly #thread: Promise<Thread>
  readonly #state: State

  constructor(thread: Promise<Thread>) {
    this.#thread = thread
    const english = new URLSearchParams(location.search).get('lang') === 'en'
    this.#state = emptyState(new Words(english ? 'en' : 'zh-CN'))
  }

  /** Shows the page and listens. */
  start(): void {
    byId('language').addEventListener('click', () => this.#switchLanguage())
    document.addEventListener('dragover', (event) => event.preventDefault())
    document.addEventListener('drop', (event) => {
      event.preventDefault()
      if (event.dataTransfer) this.drop(event.dataTransfer)
    })
    this.#render()
    void this.#lookForExample()
  }

  drop(transfer: DataTransfer): void {
    const name = transfer.files[0]?.name ?? ''
    const found = droppedFiles(transfer)
    void this.#take(name, async () => readBundle(await found))
  }

  choose(input: HTMLInputElement): void {
    const found = chosenFiles(input)
    const [first] = found
    if (first) void this.#take(first.path.split('/')[0] ?? '', () => readBundle(found))
  }

  tryExample(): void {
    void this.#take('bundle.zip', async () => bundleInZip(await fetchExample()))
  }

  async lookUp(typed: string): Promise<void> {
    const state = this.#state
    state.query = typed
    const trimmed = typed.trim()
    state.lookup = trimmed === '' ? 'empty' : 'looking'
    this.#renderLookup()
    if (trimmed === '') return
    const normal = normalizeCode(trimmed)
    const exact = await this.#fateOf(trimmed)
    const tryNormal = exact?.kind === 'not_listed' && normal !== trimmed
    const fate = tryNormal ? await this.#fateOf(normal) : exact
    if (!fate) return
    state.lookup = { typed: trimmed, id: tryNormal ? normal : trimmed, hint: hintOf(normal), fate }
    this.#renderLookup()
    byId('lookup').querySelector('input')?.focus()
    byId('lookup').querySelector('.answer')?.scrollIntoView({ block: 'nearest' })
  }

  applyPolicy(text: string): void {
    const state = this.#state
    state.policyText = text
    state.policyError = ''
    try {
      const read: unknown = JSON.parse(text)
      if (namesNoWitness(read)) {
        state.policyError = 'nobody'
        this.#render()
        return
      }
      state.policy = policy(read, 'policy')
      void this.#verify()
    } catch (error) {
      state.policyError = error instanceof Error ? error.message : String(error)
      this.#render()
    }
  }

  async #lookForExample(): Promise<void> {
    this.#state.example = await isExampleHere()
    if (this.#state.example && this.#state.phase === 'empty') this.#render()
  }

  async #take(name: string, read: () => Promise<Files>): Promise<void> {
    Object.assign(this.#state, { phase: 'reading', name, checks: [], query: '' })
    this.#forget()
    this.#render()
    this.#announce(this.#state.words.say('reading'))
    try {
      this.#state.files = await read()
      await this.#verify()
    } catch (error) {
      this.#fail((words) =>
        error instanceof NotABundle
          ? words.say(error.key, error.params)
          : words.say('worker_died', { error: String(error) }),
      )
    }
  }

  async #verify(): Promise<void> {
    const { files, policy: pinned } = this.#state
    if (!files) return
    this.#forget()
    Object.assign(this.#state, { phase: 'running', checks: [] })
    this.#render()
    const ask = await this.#thread
    ask({ ask: 'verify', files, ...(pinned ? { policy: pinned } : {}) }, (answer) => this.#hear(answer))
  }

  #hear(answer: Answer): void {
    const state = this.#state
    const { words } = state
    if (answer.is === 'failed') return this.#fail((w) => w.say('worker_died', { error: answer.error }))
    if (answer.is === 'check') {
      state.checks = [...state.checks, answer.check]
      this.#renderChecks()
      const n = `${CHECK_IDS.indexOf(answer.check.id) + 1}`
      const part = words.verify.parts[answer.check.part]
      return this.#announce(words.say('running', { part, n, all: `${CHECK_IDS.length}` }))
    }
    if (answer.is !== 'report') return
    Object.assign(state, { phase: 'done', report: answer.report })
    this.#render()
    this.#announce(words.say('finished', { verdict: words.verify.verdicts[answer.report.verdict] }))
    byId('verdict').querySelector('h2')?.focus()
  }

  async #fateOf(id: string): Promise<Fate | undefined> {
    const ask = await this.#thread
    const answer = await new Promise<Answer>((resolve) => ask({ ask: 'explain', id }, resolve))
    if (answer.is === 'failed') this.#fail((words) => words.say('worker_died', { error: answer.error }))
    return answer.is === 'fate' ? answer.fate : undefined
  }

  #forget(): void {
    delete this.#state.problem
    delete this.#state.report
    delete this.#state.lookup
  }

  #fail(problem: (words: Words) => string): void {
    Object.assign(this.#state, { phase: 'empty', problem, checks: [] })
    this.#announce('')
    this.#render()
  }

  #switchLanguage(): void {
    const state = this.#state
    state.words = new Words(state.words.lang === 'en' ? 'zh-CN' : 'en')
    this.#announce('')
    this.#render()
  }

  #render(): void {
    const state = this.#state
    const { words } = state
    document.documentElement.lang = words.lang
    document.title = words.say('title')
    byId('brand').textContent = words.say('brand')
    byId('language').textContent = words.say('other_language')
    byId('language').lang = words.lang === 'en' ? 'zh-CN' : 'en'
    byId('footer').textContent = words.say('footer')
    byId('start').replaceChildren(...startView(state, this))
    byId('verdict').replaceChildren(...verdictView(state))
    byId('figures').replaceChildren(...figuresView(state))
    byId('limits').replaceChildren(...limitsView(state))
    byId('bytes').replaceChildren(...bytesView(state, this))
    this.#renderLookup()
    this.#renderChecks()
  }

  #renderLookup(): void {
    byId('lookup').replaceChildren(...lookupView(this.#state, this))
  }

  #renderChecks(): void {
    const checks = byId('checks')
    checks.replaceChildren(...checksView(this.#state, checks))
  }

  /** Says what is going on, also to those who do not see it. */
  #announce(text: string): void {
    const status = byId('status')
    status.textContent = text
    status.className = this.#state.phase === 'done' ? 'offscreen' : ''
  }
}
