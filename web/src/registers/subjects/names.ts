// What the codes of a scope are called.

import { useQueries, useQuery } from '@tanstack/react-query'
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

/** What industries are called, by code. Sections are a letter: those are known as a whole, and sought by no letter. */
export function useIndustryNames(codes: readonly string[]): (code: string) => string {
  const sections = useQuery({
    queryKey: ['industry', ''],
    staleTime: Infinity,
    queryFn: () => answerOf(api.GET('/api/v1/industries')),
  })
  const longer = codes.filter((code) => code.length > 1)
  const names = useQueries({
    queries: longer.map((code) => ({
      queryKey: ['industry', code],
      staleTime: Infinity,
      queryFn: () => answerOf(api.GET('/api/v1/industries', { params: { query: { q: code } } })),
    })),
  })
  return (code) => {
    const { items = [] } = (code.length > 1 ? names[longer.indexOf(code)]?.data : sections.data) ?? {}
    return items.find((each) => each.code === code)?.name ?? code
  }
}
