import { useEffect } from 'react'

/** Calls `act` on a key press such as `ctrl+k` or `/`; a bare key does nothing while somebody types. */
export function useShortcut(keys: readonly string[], act: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const pressed = nameOf(event)
      if (!keys.includes(pressed)) return
      if (!pressed.includes('+') && isTyping(event.target)) return
      event.preventDefault()
      act()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  })
}

function nameOf(event: KeyboardEvent): string {
  const key = event.key.toLowerCase()
  return event.ctrlKey || event.metaKey ? `ctrl+${key}` : event.altKey ? `alt+${key}` : key
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName)
}
