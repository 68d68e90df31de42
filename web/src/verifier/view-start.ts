// The beginning: what this page does, and where to drop a bundle.

import { h } from './dom.ts'
import type { Actions, State } from './state.ts'

/** Heading, lead and drop zone; after a verification only the way to the next one. */
export function startView(state: State, actions: Actions): Node[] {
  const { words } = state
  const problem = state.problem && h('p', { class: 'problem', role: 'alert' }, state.problem(words))
  const zone = dropZone(state, actions)
  if (state.phase !== 'empty' && !state.problem)
    return [h('details', { class: 'again' }, h('summary', {}, state.name, ' · ', words.say('another')), zone)]
  return [
    h('h1', {}, words.say('heading')),
    h('p', { class: 'lead' }, words.say('lead')),
    ...(problem ? [problem] : []),
    zone,
  ]
}

function dropZone({ words, example }: State, actions: Actions): HTMLElement {
  const zip = fileInput('.zip,application/zip', actions)
  const folder = fileInput('', actions)
  folder.setAttribute('webkitdirectory', '')
  const zone = h(
    'div',
    {
      class: 'zone',
      dragover: (event) => {
        event.preventDefault()
        zone.classList.add('over')
      },
      dragleave: () => zone.classList.remove('over'),
    },
    h('p', { class: 'drop' }, words.say('drop')),
    h('p', {}, words.say('drop_what')),
    h(
      'p',
      { class: 'row' },
      h('button', { type: 'button', class: 'main', click: () => zip.click() }, words.say('pick_zip')),
      h('button', { type: 'button', click: () => folder.click() }, words.say('pick_folder')),
      example && h('button', { type: 'button', click: () => actions.tryExample() }, words.say('try_example')),
    ),
    zip,
    folder,
  )
  return zone
}

function fileInput(accept: string, actions: Actions): HTMLInputElement {
  const input = h('input', { type: 'file', hidden: true, ...(accept ? { accept } : {}) })
  input.addEventListener('change', () => actions.choose(input))
  return input
}
