import { useWord } from '../ui/word.ts'

/** An action such as `grant.approve` in words; one without words comes back as it is. */
export function useAction(): (action: string) => string {
  return useWord('actions', 'audit')
}
