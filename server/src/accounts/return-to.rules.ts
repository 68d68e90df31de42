// Where a browser goes after signing in.

const HERE = 'http://here.invalid'

/** The path of a page of this site; `/` for everything else: another site's address, an address of the interface. */
export function safeReturn(path: string | undefined): string {
  // A browser takes a backslash for a slash, and drops tabs and line breaks.
  if (path === undefined || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(path)) return '/'
  const url = URL.parse(path, HERE)
  const isHere = url !== null && url.origin === HERE && !url.pathname.startsWith('/api/')
  // `/a/..//elsewhere` becomes `//elsewhere` when it is put together again.
  return isHere && !url.pathname.startsWith('//') ? `${url.pathname}${url.search}${url.hash}` : '/'
}
