// The verifier page: one script for the page and, run again in a worker, for the engine.

import './older-browsers.ts'
import { type Check, CHECK_IDS, policy } from '@sunlot/draw'
import { hintOf, normalizeCode } from './credit-code.ts'
import { byId } from './dom.ts'
import type { Answer, Files } from './messages.ts'
import { bundleInZip, chosenFiles, droppedFiles, type Found, NotABundle, readBundle } from './read-bundle.ts'
import type { Actions, State } from './state.ts'
import { serve, startThread } from './thread.ts'
import { bytesView, limitsView } from './view-bytes.ts'
import { checksView } from './view-checks.ts'
import { lookupView } from './view-lookup.ts'
import { startView } from './view-start.ts'
import { figuresView, verdictView } from './view-verdict.ts'
import { Words } from './words.ts'

if (typeof document === 'undefined') serve(self as unknown as DedicatedWorkerGlobalScope)
else startPage()

function startPage(): void {
  const state: State = {
    words: new Words(new URLSearchParams(location.search).get('lang') === 'en' ? 'en' : 'zh-CN'),
    phase: 'empty',
    name: '',
    checks: [],
    policyText: '',
    policyError: '',
    query: '',
    example: false,
  }
  const thread = startThread(byId('script').textContent ?? '')

  const read = async (name: string, files: () => Promise<Files>): Promise<void> => {
    delete state.problem
    delete state.report
    delete state.lookup
    Object.assign(state, { phase: 'reading', name, checks: [], query: '' })
    render()
    announce(state.words.say('reading'))
    try {
      state.files = await files()
      await verifyNow()
    } catch (error) {
      fail(
        error instanceof NotABundle
          ? (words) => words.say(error.key, error.params)
          : (words) => words.say('worker_died', { error: String(error) }),
      )
    }
  }

  const verifyNow = async (): Promise<void> => {
    const { files } = state
    if (!files) return
    delete state.report
    delete state.lookup
    Object.assign(state, { phase: 'running', checks: [] })
    const ask = await thread
    ask({ ask: 'verify', files, ...(state.policy ? { policy: state.policy } : {}) }, hear)
  }

  const hear = (answer: Answer): void => {
    switch (answer.is) {
      case 'check':
        state.checks = [...state.checks, answer.check]
        return renderProgress(answer.check)
      case 'report':
        Object.assign(state, { phase: 'done', report: answer.report })
        render()
        announce(state.words.say('finished', { verdict: state.words.verify.verdicts[answer.report.verdict] }))
        return byId('verdict').querySelector('h2')?.focus()
      case 'fate':
        return
      case 'failed':
        return fail((words) => words.say('worker_died', { error: answer.error }))
    }
  }

  const fail = (problem: (words: Words) => string): void => {
    Object.assign(state, { phase: 'empty', problem, checks: [] })
    announce('')
    render()
  }

  const lookUp = async (typed: string): Promise<void> => {
    state.query = typed
    const trimmed = typed.trim()
    state.lookup = trimmed === '' ? 'empty' : 'looking'
    renderLookup()
    if (trimmed === '') return
    const ask = await thread
    const asAsked = (id: string, otherwise?: string): void =>
      ask({ ask: 'explain', id }, (answer) => {
        if (answer.is !== 'fate') return
        if (answer.fate.kind === 'not_listed' && otherwise !== undefined) return asAsked(otherwise)
        state.lookup = { typed: trimmed, id, hint: hintOf(normalizeCode(id)), fate: answer.fate }
        renderLookup()
      })
    const normal = normalizeCode(trimmed)
    asAsked(trimmed, normal === trimmed ? undefined : normal)
  }

  const applyPolicy = (text: string): void => {
    state.policyText = text
    state.policyError = ''
    try {
      state.policy = policy(JSON.parse(text), 'policy')
      void verifyNow()
    } catch (error) {
      state.policyError = error instanceof Error ? error.message : String(error)
    }
    render()
  }

  const actions: Actions = {
    drop: (transfer) => {
      const name = transfer.files[0]?.name ?? ''
      const found = droppedFiles(transfer)
      void read(name, async () => readBundle(await found))
    },
    choose: (input) => {
      const found: Found[] = chosenFiles(input)
      const [first] = found
      if (first) void read(first.path.split('/')[0] ?? '', () => readBundle(found))
    },
    tryExample: () =>
      void read('bundle.zip', async () => bundleInZip(new Uint8Array(await (await fetch(EXAMPLE)).arrayBuffer()))),
    lookUp: (typed) => void lookUp(typed),
    applyPolicy,
  }

  const renderLookup = (): void => byId('lookup').replaceChildren(...lookupView(state, actions))
  const renderProgress = (done: Check): void => {
    const checks = byId('checks')
    checks.replaceChildren(...checksView(state, checks))
    const { words } = state
    const n = `${CHECK_IDS.indexOf(done.id) + 1}`
    announce(words.say('running', { part: words.verify.parts[done.part], n, all: `${CHECK_IDS.length}` }))
  }
  const render = (): void => {
    const { words } = state
    document.documentElement.lang = words.lang
    document.title = words.say('title')
    byId('brand').textContent = words.say('brand')
    byId('language').textContent = words.say('other_language')
    byId('language').lang = words.lang === 'en' ? 'zh-CN' : 'en'
    byId('footer').textContent = words.say('footer')
    byId('start').replaceChildren(...startView(state, actions))
    byId('verdict').replaceChildren(...verdictView(state))
    byId('figures').replaceChildren(...figuresView(state))
    renderLookup()
    const checks = byId('checks')
    checks.replaceChildren(...checksView(state, checks))
    byId('limits').replaceChildren(...limitsView(state))
    byId('bytes').replaceChildren(...bytesView(state, actions))
  }

  byId('language').addEventListener('click', () => {
    state.words = new Words(state.words.lang === 'en' ? 'zh-CN' : 'en')
    announce('')
    render()
  })
  document.addEventListener('dragover', (event) => event.preventDefault())
  document.addEventListener('drop', (event) => {
    event.preventDefault()
    if (event.dataTransfer) actions.drop(event.dataTransfer)
  })
  render()
  void findExample().then((found) => {
    if (!found) return
    state.example = true
    if (state.phase === 'empty') render()
  })
}

const EXAMPLE = './bundle.zip'

/** Whether an example lies beside the page. From disk nothing is asked. */
async function findExample(): Promise<boolean> {
  if (!location.protocol.startsWith('http')) return false
  try {
    return (await fetch(EXAMPLE, { method: 'HEAD' })).ok
  } catch {
    return false
  }
}

/** Says what is going on, also to those who do not see it. */
function announce(text: string): void {
  byId('status').textContent = text
}
