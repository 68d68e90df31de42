// Who was drawn, once more (checks 26 and 27).

import { drawSubjects } from '../choose/draw-subjects.ts'
import { statedOf } from '../choose/stated.ts'
import type { SubjectDraw } from '../choose/subjects.ts'
import { compareBytes } from '../bytes.ts'
import { canonical, type Json } from '../jcs.ts'
import type { Commitment } from '../manifest/commitment.ts'
import { answer, because, type Context, listOf } from './context.ts'
import { lists } from './lists.ts'
import { withCertificate } from './randomness-checks.ts'
import { check } from './report.ts'
import { seedOfBundle } from './seed.ts'

/** 26: the selection, byte for byte. */
export const selection = withCertificate('selection', (c, _cert, context) => {
  const found = subjectDraw(context, c.value)
  if (!found) return check('selection', 'unknown', context.listsOpen ? 'not_recomputed' : 'sealed')
  const given = listOf(context, found.list.name)
  if (!given) return check('selection', 'unknown', 'missing', { file: found.list.name })
  const same = compareBytes(given, found.list.bytes) === 0
  return answer('selection', same ? undefined : because('list_differs', { file: found.list.name }), {
    drawn: found.drawn.length,
    file: found.list.name,
  })
})

/** 27: cut-offs and probabilities. */
export const probabilities = withCertificate('probabilities', (c, cert, context) => {
  const told = [...cert.value.strata, ...(cert.value.classes ?? [])].find((line) => line.cut ?? line.next)
  if (c.value.sealed && told) return check('probabilities', 'no', 'sealed_cut')
  const found = subjectDraw(context, c.value)
  if (!found) return check('probabilities', 'unknown', context.listsOpen ? 'not_recomputed' : 'sealed')
  const wanted = statedOf(c.value, found)
  const stated = { strata: cert.value.strata, classes: cert.value.classes ?? [], least: cert.value.least_pi }
  const same = canonical(wanted as unknown as Json) === canonical(stated as unknown as Json)
  return answer('probabilities', same ? undefined : because('probabilities'), {
    num: found.leastPi.num,
    den: found.leastPi.den,
  })
})

/** The draw of subjects as this bundle's lists and values give it; nothing where something is lacking or wrong. */
export function subjectDraw(context: Context, c: Commitment): SubjectDraw | undefined {
  return context.once('subject draw', () => {
    const seed = seedOfBundle(context)
    const { population } = lists(context)
    if (!seed || !population?.ok) return undefined
    return drawSubjects(c, seed, population, () => context.files.read('population.tsv'))
  })
}
