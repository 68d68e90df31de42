// The server's time, which decides: the clock of a device may be wrong, and a simulated database has a time of its own.

let aheadMs = 0

/** Takes note of what time the server said it was, in the moment in which it answered. */
export function noteServerTime(now: string): void {
  aheadMs = Date.parse(now) - Date.now()
}

/** What time it is now on the server, in milliseconds: the device's own until the server has said one. */
export function serverNow(): number {
  return Date.now() + aheadMs
}
