// Where a verifier does not yet say what the table expects: each line is taken away when that is mended.

/** Which verifier differs. */
export type Side = 'library' | 'python' | 'both'

export const DISPUTED: ReadonlyMap<string, { readonly side: Side; readonly why: string }> = new Map()

/** Whether a verifier is known to differ on a negative. */
export function differs(name: string, side: 'library' | 'python'): boolean {
  const found = DISPUTED.get(name)?.side
  return found === side || found === 'both'
}
