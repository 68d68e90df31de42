// Elements in one line each. Text is always a text node: what somebody in the room writes is never read as markup.

type Child = Node | string | null | undefined | false
type Props = Readonly<Record<string, string | boolean | ((event: Event) => void) | undefined>>

/** An element. Functions are listeners; `true` is an attribute without value; `false` and nothing are left out. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: readonly (Child | readonly Child[])[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') element.addEventListener(name, value)
    else if (typeof value === 'string') element.setAttribute(name, value)
    else if (value) element.setAttribute(name, '')
  }
  for (const child of children) {
    const all: readonly Child[] = Array.isArray(child) ? child : [child as Child]
    for (const one of all) if (one !== null && one !== undefined && one !== false) element.append(one)
  }
  return element
}

/** The element with an id that the page's own markup has. */
export function byId(id: string): HTMLElement {
  const element = document.getElementById(id)
  if (!element) throw new Error(`no element ${id}`)
  return element
}
