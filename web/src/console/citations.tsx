// What a refusal rests on is named by the key of a legal parameter; here that becomes the document that says so.

import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useCallback } from 'react'
import { answerOf, api } from '../api.ts'
import { useMe } from '../me.ts'
import { CitationLookup } from '../ui/problem.tsx'

/** Gives everything inside the citations of the division for which the person acts. */
export function Citations({ children }: { readonly children: ReactNode }) {
  const division = useMe().data?.acting?.divisionCode
  const found = useQuery({
    queryKey: ['law', 'parameters', 'citations', division],
    enabled: division !== undefined,
    staleTime: 600_000,
    queryFn: async () => {
      const query = { division: division ?? '' }
      const { items } = await answerOf(api.GET('/api/v1/law/parameters', { params: { query } }))
      return new Map(items.flatMap(({ key, inForce }) => (inForce ? [[key, inForce.source.citation]] : [])))
    },
  })
  const citations = found.data
  const lookUp = useCallback((key: string) => citations?.get(key), [citations])
  return <CitationLookup value={lookUp}>{children}</CitationLookup>
}
