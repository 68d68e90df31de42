// The names in a plan table → the authorities and items that are called so here.

import { plain } from './amount-words.rules.ts'
import { readNames } from './cells.rules.ts'

/** An authority, as far as a table names it. */
export interface NamedAuthority {
  readonly id: string
  readonly name: string
  readonly shortName: string
}

/** An item, as far as a table names it. */
export interface NamedItem {
  readonly id: string
  readonly authorityId: string
  readonly code: string
  readonly name: string
  readonly subItem: string | null
}

const ENDING = /(?:局|委员会|委|办公室|大队|支队|队|中心|站|所|厅|部门)$/

/** Finds authorities by what offices call them: name, short name, without the division before and the kind behind. */
export function authorityFinder(
  authorities: readonly NamedAuthority[],
  divisionNames: readonly string[],
): (text: string) => NamedAuthority | undefined {
  const fold = (text: string): string => folded(text, divisionNames)
  const ways: readonly ((one: NamedAuthority) => readonly string[])[] = [
    ({ name }) => [plain(name)],
    ({ name, shortName }) => [name, shortName].map(fold),
    ({ name, shortName }) => [name, shortName].map((text) => fold(text).replace(ENDING, '')),
  ]
  const indexes = ways.map((keysOf) => {
    const index = new Map<string, NamedAuthority | 'several'>()
    for (const one of authorities)
      for (const key of new Set(keysOf(one))) if (key !== '') index.set(key, index.has(key) ? 'several' : one)
    return index
  })
  return (text) => {
    const keys = [plain(text), fold(text), fold(text).replace(ENDING, '')]
    const found = keys.map((key, way) => indexes[way]!.get(key)).find((one) => one !== undefined)
    return found === 'several' ? undefined : found
  }
}

/** Items by authority, and the words that nothing here is called. */
export interface FoundItems {
  readonly byAuthority: ReadonlyMap<string, readonly string[]>
  readonly unmatched: readonly string[]
}

/**
 * Finds the items of a cell among those of the authorities, in their order. `卫生健康局：事项甲、事项乙；消防大队：事项丙` says
 * whose they are; a name may hold the signs that part names.
 */
export function findItemsIn(
  cell: string,
  authorities: readonly string[],
  items: ItemIndex,
  findAuthority: (text: string) => NamedAuthority | undefined,
): FoundItems {
  const byAuthority = new Map<string, string[]>()
  const unmatched: string[] = []
  for (const line of cell.split(/[\n；;]/).map((part) => part.trim())) {
    if (line === '') continue
    const named = /^([^：:]{2,40})[：:](.+)$/.exec(line)
    const owner = named ? findAuthority(named[1]!) : undefined
    const { found, left } = piecesOf(owner ? named![2]! : line, owner ? [owner.id] : authorities, items)
    unmatched.push(...left)
    for (const { authorityId, id } of found) {
      const own = byAuthority.get(authorityId) ?? []
      if (!own.includes(id)) byAuthority.set(authorityId, [...own, id])
    }
  }
  return { byAuthority, unmatched }
}

/** authority → what an item is called → the items. */
export type ItemIndex = ReadonlyMap<string, ReadonlyMap<string, readonly NamedItem[]>>

/** The items by all that they are called. */
export function itemIndexOf(items: readonly NamedItem[]): ItemIndex {
  const index = new Map<string, Map<string, NamedItem[]>>()
  for (const item of items) {
    const own = index.get(item.authorityId) ?? new Map<string, NamedItem[]>()
    index.set(item.authorityId, own)
    for (const key of new Set([plain(item.code), foldedItem(item.name), foldedItem(itemLabel(item))]))
      own.set(key, [...(own.get(key) ?? []), item])
  }
  return index
}

/** How a table names an item: with its sub-item, where it has one. */
export function itemLabel({ name, subItem }: Pick<NamedItem, 'name' | 'subItem'>): string {
  return subItem === null ? name : `${name}（${subItem}）`
}

// Names that share fewer of their pairs of signs are two things.
const NEAR = 0.5

/** The item whose name is nearest to a text, among those of the authorities; nothing where none is near. */
export function nearestItem(
  text: string,
  authorities: readonly string[],
  items: ItemIndex,
): NamedItem | undefined {
  const wanted = pairsOf(foldedItem(text))
  let best: { readonly item: NamedItem; readonly alike: number } | undefined
  for (const authority of authorities)
    for (const [key, [item]] of items.get(authority) ?? []) {
      const pairs = pairsOf(key)
      const shared = [...pairs].filter((pair) => wanted.has(pair)).length
      const alike = (2 * shared) / (pairs.size + wanted.size)
      if (item && alike >= NEAR && alike > (best?.alike ?? 0)) best = { item, alike }
    }
  return best?.item
}

function pairsOf(text: string): ReadonlySet<string> {
  return new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, k) => text.slice(k, k + 2)))
}

/** The longest run of pieces that something is called, from the left. */
function piecesOf(
  text: string,
  authorities: readonly string[],
  items: ItemIndex,
): { readonly found: readonly NamedItem[]; readonly left: readonly string[] } {
  const bare = text.replace(/^[(（]?\d+[)）.、．]\s*/, '').replace(/[。.]$/, '')
  const pieces = bare.split(/([、，,])/)
  const found: NamedItem[] = []
  const left: string[] = []
  for (let from = 0; from < pieces.length;) {
    let through = pieces.length
    let hit: readonly NamedItem[] = []
    for (; through > from && hit.length === 0; through -= 2)
      hit = lookUp(pieces.slice(from, through).join(''), authorities, items)
    if (hit.length === 0) {
      left.push(...readNames(pieces[from] ?? ''))
      from += 2
      continue
    }
    found.push(...hit)
    from = through + 3
  }
  return { found, left }
}

function lookUp(name: string, authorities: readonly string[], items: ItemIndex): readonly NamedItem[] {
  for (const authority of authorities) {
    const own = items.get(authority)
    const hit = own?.get(foldedItem(name)) ?? own?.get(plain(name))
    if (hit) return hit
  }
  return []
}

function foldedItem(name: string): string {
  return plain(name)
    .replaceAll(/[的《》“”"()]/g, '')
    .replace(/等$/, '')
}

function folded(text: string, divisionNames: readonly string[]): string {
  const bare = plain(text).replace(/^\((.*)\)$/, '$1')
  const prefix = divisionNames.find(
    (name) => name !== '' && bare.startsWith(name) && bare.length > name.length + 1,
  )
  const rest = prefix === undefined ? bare : bare.slice(prefix.length)
  return rest.replace(/^(?:[省县区旗]|市(?![场政容]))(?=..)/, '').replace(/^人民政府(?=..)/, '')
}
