// Where a tile stands (C2SP tlog-tiles): tile/<level>/<index>[.p/<width>], the index in groups of three digits.

/** Hashes in a full tile, and entries in a full bundle. */
export const TILE_WIDTH = 256

/** A tile of hashes at a level (0 = leaf hashes), or a bundle of entries. `width` 1…256. */
export interface TileName {
  readonly level: number | 'entries'
  readonly index: number
  readonly width: number
}

/** The path of a tile below the log's folder or URL. */
export function tilePath({ level, index, width }: TileName): string {
  return `tile/${level}/${indexPath(index)}${width < TILE_WIDTH ? `.p/${width}` : ''}`
}

/** The tile that a path names, or nothing where it names none. */
export function parseTilePath(path: string): TileName | undefined {
  const match = /^tile\/(entries|0|[1-9]\d?)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(path)
  if (!match) return undefined
  const [, level = '', groups = '', width = `${TILE_WIDTH}`] = match
  const name = {
    level: level === 'entries' ? level : Number(level),
    index: Number(groups.replaceAll(/[x/]/g, '')),
    width: Number(width),
  } as const
  return tilePath(name) === path ? name : undefined
}

/** How many hashes a tree of `size` has at a tile level. */
export function countAt(level: number, size: number): number {
  return Math.floor(size / TILE_WIDTH ** level)
}

/** How wide tile `index` of a level is in a tree of `size`; 0 where it does not exist. */
export function widthAt(level: number, index: number, size: number): number {
  return Math.max(0, Math.min(TILE_WIDTH, countAt(level, size) - index * TILE_WIDTH))
}

function indexPath(index: number): string {
  const digits = String(index)
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0')
  const groups = padded.match(/\d{3}/g) ?? []
  return groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/')
}
