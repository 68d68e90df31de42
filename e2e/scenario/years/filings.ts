// 报送与备案: what an authority hands in, and what becomes of it where it arrives.

import type { County } from '../county.ts'
import type { Body } from '../http.ts'
import type { Expected } from '../year.ts'
import { clerkOf, type WrittenPlan } from './common.ts'

interface Judged {
  readonly expect?: Expected
  readonly shows?: string
  readonly law?: string
  readonly what?: string
}

/** Handed upward, to whom the document names. */
export function submit(county: County, plan: WrittenPlan, judged: Judged = {}): Promise<Body> {
  const { what = '报送计划', ...rest } = judged
  return county.year.step({
    who: clerkOf(plan.of),
    what,
    path: `/plans/${plan.id}/submission`,
    body: {},
    ...rest,
  })
}

/** Filed with a body. */
export function file(county: County, plan: WrittenPlan, body: string, judged: Judged = {}): Promise<Body> {
  const { what = `向${body}备案`, ...rest } = judged
  return county.year.step({
    who: clerkOf(plan.of),
    what,
    path: `/plans/${plan.id}/filings`,
    body: { body },
    ...rest,
  })
}

/** Received where it arrived; the receipt bears a number. */
export async function receive(county: County, filing: Body, who: string): Promise<void> {
  const received = await county.year.step({
    who,
    what: '接收并出具回执',
    path: `/filings/${filing.id}/receipt`,
    body: {},
  })
  await county.year.see('回执有编号', typeof received['receipt'] === 'string', true)
}
