import { useWord } from '../ui/word.ts'

/** What a kind of job, or a step of one, is called; a code without words comes back as it is. */
export function useJobWord(): (code: string) => string {
  return useWord('jobs.kinds', 'operations')
}
