// What the codes of a scope are called.

import { useQueries } from '@tanstack/react-query'
import { answerOf, api } from '../../api.ts'

/** What divisions are called, by code. */
export function useDivisionNames(codes: readonly string[]): (code: string) => string {
  const names = useQueries({
    queries: codes.map((code) => ({
      queryKey: ['divisions', code],
      staleTime: Infinity,
      queryFn: () => answerOf(api.GET('/api/v1/divisions/{code}', { params: { path: { code } } })),
    })),
  })
  return (code) => names[codes.indexOf(code)]?.data?.name ?? code
}

/** What industries are called, by code. */
export function useIndustryNames(codes: readonly string[]): (code: string) => string {
  const names = useQueries({
    queries: codes.map((code) => ({
      queryKey: ['industry', code],
      staleTime: Infinity,
      queryFn: () => answerOf(api.GET('/api/v1/industries', { params: { query: { q: code } } })),
    })),
  })
  return (code) => {
    const { items = [] } = names[codes.indexOf(code)]?.data ?? {}
    return items.find((each) => each.code === code)?.name ?? code
  }
}
