// Elements in one line each. Text is always a text node: nothing from a bundle is ever read as markup.

type Child = Node | string | undefined | false
type Props = Readonly<Record<string, string | boolean | ((event: Event) => void) | undefined>>

/** An element. Functions are listeners; `true` is an attribute without value; `false` and nothing are left out. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') element.addEventListener(name, value)
    else if (typeof value === 'string') element.setAttribute(name, value)
    else if (value) element.setAttribute(name, '')
  }
  element.append(...children.filter((c) => c !== undefined && c !== false))
  return element
}

/** The element with an id that the page's own markup has. */
export function byId(id: string): HTMLElement {
  const element = document.getElementById(id)
  if (!element) throw new Error(`no element ${id}`)
  return element
}

/** A text with a button that copies it. */
export function copyButton(label: string, done: string, text: () => string): HTMLButtonElement {
  const button = h('button', { type: 'button', class: 'quiet' }, label)
  button.addEventListener('click', async () => {
    if (await copyText(text())) button.textContent = done
  })
  return button
}

async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    // No clipboard from disk in some browsers: select and copy as one did before.
    const area = h('textarea', { 'aria-hidden': 'true', class: 'offscreen' })
    area.value = text
    document.body.append(area)
    area.select()
    const copied = document.execCommand('copy')
    area.remove()
    return copied
  }
}
