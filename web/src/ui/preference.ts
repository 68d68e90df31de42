// What this browser remembers of a person's taste. Kept in localStorage; where that is refused, for the page's life.

import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
const remembered = new Map<string, string>()

/** A named choice, and how to change it. `fallback` is a member of the choices. */
export function usePreference<Choice extends string>(
  name: string,
  choices: readonly Choice[],
  fallback: Choice,
): readonly [Choice, (choice: Choice) => void] {
  const stored = useSyncExternalStore(listen, () => read(name))
  const choice = choices.find((each) => each === stored) ?? fallback
  return [choice, (next) => write(name, next)]
}

/** A text that is remembered under a name, and how to change it; undefined forgets it. */
export function useRemembered(
  name: string,
): readonly [string | undefined, (text: string | undefined) => void] {
  const stored = useSyncExternalStore(listen, () => read(name))
  return [stored || undefined, (next) => write(name, next ?? '')]
}

/** The same outside a component. */
export function readPreference(name: string): string | undefined {
  return read(name)
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function read(name: string): string | undefined {
  const here = remembered.get(name)
  if (here !== undefined) return here
  try {
    return localStorage.getItem(`sunlot.${name}`) ?? undefined
  } catch {
    return undefined
  }
}

function write(name: string, choice: string): void {
  remembered.set(name, choice)
  try {
    localStorage.setItem(`sunlot.${name}`, choice)
  } catch {
    // A browser that stores nothing still honours the choice until the page is closed.
  }
  for (const listener of listeners) listener()
}
