// A server in this process, and an attempt to write through it.

import type { Clock } from '../../src/platform/clock.ts'
import { openLog } from '../../src/operations/log.ts'
import { type Running, serve } from '../../src/operations/serve.ts'
import type { Settings } from '../../src/platform/settings.ts'
import { COUNTY } from '../support/people.ts'

/** Starts it, in silence. Its address ends with a slash. */
export function serving(settings: Settings, machine?: Clock): Promise<Running> {
  const onFailure = (error: Error): void => {
    throw error
  }
  return serve({ settings, logger: openLog('silent'), onFailure, ...(machine ? { machine } : {}) })
}

/** The status and code of making an authority. */
export async function attempt(address: string, token: string, name: string): Promise<string> {
  const response = await fetch(new URL('/api/v1/authorities', address), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
      cookie: `__Host-sunlot=${token}`,
    },
    body: JSON.stringify({ divisionCode: COUNTY, name, shortName: name, inspects: true }),
  })
  const { code = '' } = (await response.json()) as { readonly code?: string }
  return `${response.status} ${code}`.trim()
}
