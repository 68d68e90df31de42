import { useQuery } from '@tanstack/react-query'
import { answerOf, api } from '../api.ts'
import type { SearchTexts } from '../ui/list-search.ts'

export const useAccounts = (query: SearchTexts) =>
  useQuery({
    queryKey: ['accounts', query],
    queryFn: () => answerOf(api.GET('/api/v1/accounts', { params: { query } })),
  })
