// The cookies of signing in. `__Host-`: only over TLS (or on localhost), only for this host, only as this server set it.

/** The cookie that carries a session's token. */
export const SESSION_COOKIE = '__Host-sunlot'

// Lax, not Strict: a browser that comes back from the identity provider must still be known.
const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Lax'

/** A `Set-Cookie` that lasts as long as the browser runs, or `maxAgeSeconds`. */
export function setCookie(name: string, value: string, maxAgeSeconds?: number): string {
  return `${name}=${value}; ${ATTRIBUTES}${maxAgeSeconds === undefined ? '' : `; Max-Age=${maxAgeSeconds}`}`
}

/** A `Set-Cookie` that takes a cookie back. */
export function clearCookie(name: string): string {
  return setCookie(name, '', 0)
}
