// Files that stand in for the verifier page and its companions, which a test does not build.

/** In place of `softwareFiles` of the steps. */
export function softwareFiles(): (readonly [string, Uint8Array])[] {
  return ['check.py', 'verifier.html', 'verify.sh'].map((name) => [
    name,
    new TextEncoder().encode(`${name}\n`),
  ])
}
