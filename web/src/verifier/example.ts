// An example bundle beside the page, where a server has put one.

const EXAMPLE = './bundle.zip'

/** Whether there is one. From disk nothing is asked. */
export async function isExampleHere(): Promise<boolean> {
  if (!location.protocol.startsWith('http')) return false
  try {
    return (await fetch(EXAMPLE, { method: 'HEAD' })).ok
  } catch {
    return false
  }
}

/** Its bytes. */
export async function fetchExample(): Promise<Uint8Array> {
  return new Uint8Array(await (await fetch(EXAMPLE)).arrayBuffer())
}
