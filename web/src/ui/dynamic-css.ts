// Takes the place of @rc-component/util's dynamicCSS (see vite.config.ts): the same functions, but the text goes to
// adopted style sheets, which a content security policy without 'unsafe-inline' allows.

interface Options {
  readonly mark?: string
  readonly prepend?: boolean | 'queue'
  readonly priority?: number
  readonly attachTo?: unknown
}

interface Entry {
  readonly sheet: CSSStyleSheet
  /** What the library writes its marks on; it stands in no document. */
  readonly element: HTMLStyleElement
  readonly rank: number
  text: string
}

const entries = new Map<string, Entry>()
const nameOf = (key: string, options: Options = {}): string => `${options.mark ?? 'rc-util-key'}:${key}`

/** Writes or replaces the style of a key. Returns the element on which the caller keeps its marks. */
export function updateCSS(css: string, key: string, options: Options = {}): HTMLStyleElement {
  const name = nameOf(key, options)
  const known = entries.get(name)
  if (known) {
    if (known.text !== css) known.sheet.replaceSync(css)
    known.text = css
    return known.element
  }
  const entry = newEntry(css, options)
  entries.set(name, entry)
  adopt()
  return entry.element
}

/** Takes the style of a key away. */
export function removeCSS(key: string, options: Options = {}): void {
  if (entries.delete(nameOf(key, options))) adopt()
}

let unnamed = 0

/** A style without a key stays for good. */
export function injectCSS(css: string, options: Options = {}): HTMLStyleElement {
  unnamed += 1
  return updateCSS(css, `unnamed-${unnamed}`, options)
}

/** There is no cache of containers here. */
export function clearContainerCache(): void {}

function newEntry(css: string, options: Options): Entry {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  return { sheet, element: document.createElement('style'), rank: rankOf(options), text: css }
}

/** Prepended styles come first, in the order of their priority; then the rest in the order of their coming. */
function rankOf({ prepend, priority = 0 }: Options): number {
  return prepend ? priority - 1_000_000 : 0
}

function adopt(): void {
  const inOrder = [...entries.values()].sort((a, b) => a.rank - b.rank)
  document.adoptedStyleSheets = inOrder.map(({ sheet }) => sheet)
}
