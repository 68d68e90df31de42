// One-time codes of an authenticator app (RFC 6238: SHA-1, six digits, 30 seconds, as every app reads it).

import { Secret, TOTP } from 'otpauth'

const PERIOD_SECONDS = 30
// A phone's clock may be one step off.
const WINDOW = 1
const SECRET_BYTES = 20

/** A new secret in base 32, and the `otpauth:` address that an app reads as a QR code. */
export function newTotp({ issuer, label }: { readonly issuer: string; readonly label: string }): {
  readonly secret: string
  readonly uri: string
} {
  const totp = new TOTP({ issuer, label, secret: new Secret({ size: SECRET_BYTES }) })
  return { secret: totp.secret.base32, uri: totp.toString() }
}

/** The 30-second step that a code belongs to; nothing where it is not of this secret and about now. */
export function stepOfCode(secret: string, code: string, now: Date): number | undefined {
  const token = code.replaceAll(/\s/g, '')
  // The library throws at what is no code: then a known name would answer otherwise than an unknown one.
  if (!/^[0-9]{6}$/.test(token)) return undefined
  const timestamp = now.getTime()
  const delta = TOTP.validate({
    token,
    secret: Secret.fromBase32(secret),
    window: WINDOW,
    period: PERIOD_SECONDS,
    timestamp,
  })
  return delta === null ? undefined : TOTP.counter({ period: PERIOD_SECONDS, timestamp }) + delta
}
