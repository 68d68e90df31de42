// What this does not prove, and the bytes for whoever wants them: hashes, the report, the witnesses, this page itself.

import { copyButton, h } from './dom.ts'
import type { Actions, State } from './state.ts'
import { code } from './view-verdict.ts'
import type { Words } from './words.ts'

/** The limits, in plain words; shown from the beginning. */
export function limitsView({ words }: State): Node[] {
  return [
    h('h2', {}, words.say('limits_heading')),
    h('ul', {}, ...words.page.limits.map((limit) => h('li', {}, limit))),
  ]
}

/** Hashes, report, policy, software. */
export function bytesView(state: State, actions: Actions): Node[] {
  const { words, report } = state
  if (!report) return []
  const { facts } = report
  const names = ['draw_id', 'alg', 'commit', 'close', 'certificate', 'selection_hash'] as const
  const hashes = names.flatMap((name) =>
    facts[name] === undefined
      ? []
      : [h('div', {}, h('dt', {}, words.verify.facts[name]), h('dd', {}, code(String(facts[name]))))],
  )
  return [
    h('h2', {}, words.say('bytes_heading')),
    h('dl', { class: 'hashes' }, ...hashes),
    h('p', {}, h('button', { type: 'button', click: () => download(state) }, words.say('report_download'))),
    h('h3', {}, words.say('policy_heading')),
    ...policyView(state, actions),
    h('h3', {}, words.say('self_heading')),
    ...selfView(state),
  ]
}

function policyView({ words, policy, policyText, policyError }: State, actions: Actions): Node[] {
  const area = h('textarea', { id: 'policy', rows: '6', spellcheck: 'false' })
  area.value = policyText
  const file = h('input', { type: 'file', accept: '.json,application/json', hidden: true })
  file.addEventListener('change', async () => {
    area.value = (await file.files?.[0]?.text()) ?? ''
    actions.applyPolicy(area.value)
  })
  return [
    h('p', {}, words.say('policy_help')),
    policy &&
      h(
        'p',
        { class: 'note' },
        words.say('policy_used', {
          origin: policy.log.origin,
          witnesses: `${policy.witnesses.length}`,
          quorum: `${policy.quorum}`,
        }),
      ),
    policyError &&
      h(
        'p',
        { class: 'problem', role: 'alert' },
        policyError === 'nobody'
          ? words.say('policy_nobody')
          : words.say('policy_bad', { error: policyError }),
      ),
    h('label', { for: 'policy' }, words.say('policy_label')),
    area,
    h(
      'p',
      { class: 'row' },
      h(
        'button',
        { type: 'button', click: () => actions.applyPolicy(area.value) },
        words.say('policy_apply'),
      ),
      h('button', { type: 'button', click: () => file.click() }, words.say('policy_file')),
    ),
    file,
  ].filter((node) => node !== undefined && node !== '')
}

function selfView({ words, files }: State): Node[] {
  const line = 'sha256sum verifier.html'
  const committed = committedSoftware(files)
  return [
    h('p', {}, words.say('self_help')),
    h('pre', { tabindex: '0' }, line),
    h(
      'p',
      {},
      copyButton(words.say('copy'), words.say('copied'), () => line),
    ),
    ...(committed.length > 0 ? softwareList(words, committed) : []),
  ]
}

function softwareList(words: Words, committed: readonly SoftwareFile[]): Node[] {
  return [
    h('p', {}, words.say('committed_software')),
    h(
      'dl',
      { class: 'hashes' },
      ...committed.map((f) => h('div', {}, h('dt', {}, f.name), h('dd', {}, code(f.hash)))),
    ),
  ]
}

interface SoftwareFile {
  readonly name: string
  readonly hash: string
}

/** As the commitment has it; nothing where it is not readable, which the checks say already. */
function committedSoftware(files: State['files']): readonly SoftwareFile[] {
  try {
    const parsed: { software?: { files?: SoftwareFile[] } } = JSON.parse(
      new TextDecoder().decode(files?.get('commit.json')),
    )
    return (parsed.software?.files ?? []).filter(
      (f) => typeof f.name === 'string' && typeof f.hash === 'string',
    )
  } catch {
    return []
  }
}

function download({ report }: State): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(report, null, 1)], { type: 'application/json' }))
  const link = h('a', { href: url, download: `report-${report?.facts['draw_id'] ?? 'draw'}.json` })
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 1000)
}
