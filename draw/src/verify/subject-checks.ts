// Who was drawn, once more (checks 26 and 27).

import {
  drawBatches,
  drawByStratum,
  drawByWeight,
  type Subject,
  type SubjectDraw,
} from '../choose/subjects.ts'
import { QuotaError } from '../choose/quota.ts'
import { compareBytes } from '../bytes.ts'
import { canonical, type Json } from '../jcs.ts'
import { readCells } from '../lists/form.ts'
import type { Certificate } from '../manifest/certificate.ts'
import type { Commitment } from '../manifest/commitment.ts'
import { answer, because, type Context, listOf } from './context.ts'
import { lists, quotasIn } from './lists.ts'
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
    const quotas = quotasIn(c)
    if (c.strata.some((s, i) => population.scan.counts[i] !== s.rows)) return undefined
    if (quotas) return drawByStratum(quotas, population.scan.candidates)
    const subjects = subjectsOf(context.files.read('population.tsv'))
    if (c.design.kind === 'coverage') return drawBatches(c, seed, subjects, c.design.batches)
    return c.design.kind === 'pps'
      ? drawOrNothing(() => drawByWeight(c, seed, subjects, totalOf(c)))
      : undefined
  })
}

/** What a certificate says of a draw of subjects; a sealed one without cut-offs. */
export function statedOf(
  c: Commitment,
  found: SubjectDraw,
): {
  strata: SubjectDraw['strata']
  classes: NonNullable<Certificate['classes']>
  least: SubjectDraw['leastPi']
} {
  const open = <T extends { cut?: string | undefined; next?: string | undefined }>({
    cut,
    next,
    ...line
  }: T): T =>
    (c.sealed
      ? line
      : { ...line, ...(cut === undefined ? {} : { cut }), ...(next === undefined ? {} : { next }) }) as T
  return {
    strata: found.strata.map(open),
    classes: (found.classes ?? []).map(open),
    least: found.leastPi,
  }
}

/** A population in memory. */
export function subjectsOf(population: Uint8Array): Subject[] {
  return readCells(population).map(([id = '', stratum = '', weight = '']) => ({
    id,
    stratum,
    weight: Number(weight),
  }))
}

function totalOf(c: Commitment): number {
  return c.design.kind === 'pps' ? c.design.n : 0
}

function drawOrNothing(work: () => SubjectDraw): SubjectDraw | undefined {
  try {
    return work()
  } catch (error) {
    if (error instanceof QuotaError) return undefined
    throw error
  }
}
