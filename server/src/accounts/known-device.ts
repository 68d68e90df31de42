// A browser that somebody has signed in from before is known again, so that strangers who guess at his password use up
// their own attempts and not his (OWASP: device cookies). The cookie proves nothing else and opens nothing.

import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { Secrets } from '../platform/secrets.ts'
import { setCookie } from './session-cookie.ts'

export const DEVICE_COOKIE = '__Host-sunlot-device'

const YEAR_SECONDS = 31_536_000

/** The `Set-Cookie` by which a browser is known to have signed in under a username. */
export function knownDeviceCookie(secrets: Secrets, username: string): string {
  const id = randomBytes(16).toString('base64url')
  return setCookie(
    DEVICE_COOKIE,
    `${id}.${markOf(secrets, username, id).toString('base64url')}`,
    YEAR_SECONDS,
  )
}

/** The id of a browser that signed in under this username before; nothing for any other. */
export function knownDevice(
  secrets: Secrets,
  username: string,
  cookie: string | undefined,
): string | undefined {
  const [id = '', mark = ''] = (cookie ?? '').split('.')
  const given = Buffer.from(mark, 'base64url')
  const expected = markOf(secrets, username, id)
  return given.length === expected.length && timingSafeEqual(given, expected) ? id : undefined
}

function markOf(secrets: Secrets, username: string, id: string): Buffer {
  return secrets.fingerprint(`${username} ${id}`, 'known device')
}
