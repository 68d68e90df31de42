// Work that is done again and again in the background while a server runs.

/**
 * Does work every so many milliseconds, the first time after that time; a process may end in spite of it. What it gives
 * stops it, and waits for work that is under way. `work` deals with its own errors.
 */
export function every(milliseconds: number, work: () => Promise<void>): () => Promise<void> {
  let underWay = Promise.resolve()
  const timer = setInterval(() => {
    underWay = work()
  }, milliseconds)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await underWay
  }
}
