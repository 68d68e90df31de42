// What phones of a few years ago lack and the draw uses. Nothing else is mended: the rest of ES2022 must be there.

/** Adds the two methods where they are not. */
export function mendOlderBrowsers(): void {
  add(Array.prototype, 'toSorted', function <T>(this: readonly T[], compare?: (a: T, b: T) => number): T[] {
    return [...this].sort(compare)
  })
  add(String.prototype, 'isWellFormed', function (this: string): boolean {
    return !/[\ud800-\udfff]/u.test(this)
  })
}

function add(prototype: object, name: string, value: unknown): void {
  if (!(name in prototype))
    Object.defineProperty(prototype, name, { value, configurable: true, writable: true })
}
