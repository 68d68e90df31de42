// Long polling by revision: one way for old phones, proxies and restarts. Nothing is lost, for nothing is kept here.

import type { Room } from './room-state.ts'

const MOST_WAIT_MS = 30_000
const LEAST_AGAIN_MS = 300
const AGAIN_MS = 1_500
const MOST_AGAIN_MS = 10_000

/** What the page is told: a new state, or that the server does not answer just now. */
export interface Hearing {
  readonly onRoom: (room: Room) => void
  readonly onSilence: (isSilent: boolean) => void
  readonly onGone: () => void
}

/** Looks on until the page is closed. */
export function watchRoom(code: string, { onRoom, onSilence, onGone }: Hearing): void {
  let revision: number | undefined
  let failures = 0
  const again = (ms: number): void => void setTimeout(() => void look(), ms)
  const look = async (): Promise<void> => {
    try {
      const response = await ask(code, revision)
      if (response.status === 404) return onGone()
      if (!response.ok) throw new Error(String(response.status))
      const room = (await response.json()) as Room
      failures = 0
      revision = room.revision
      onSilence(false)
      onRoom(room)
      again(Math.max(LEAST_AGAIN_MS, room.retryAfter * 1000))
    } catch {
      failures += 1
      onSilence(true)
      // The first question after a silence asks for whatever there is: the server may be another one by now.
      revision = undefined
      again(Math.min(MOST_AGAIN_MS, AGAIN_MS * failures))
    }
  }
  void look()
}

function ask(code: string, after: number | undefined): Promise<Response> {
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(), MOST_WAIT_MS)
  const query = after === undefined ? '' : `?after=${after}`
  return fetch(`/api/v1/public/rooms/${code}${query}`, { signal: controller.signal }).finally(() =>
    clearTimeout(timer),
  )
}

/** How far the server's clock is ahead of this device's, in milliseconds. */
export function aheadOf(room: Room): number {
  return Date.parse(room.now) - Date.now()
}

/** The code in this page's address. */
export function codeOfAddress(): string {
  return (/^\/c\/([^/]+)/.exec(location.pathname)?.[1] ?? '').toUpperCase()
}
