// 征求意见 (S2 (六)): who may say something of the draft, and how the lead answers.

import { codesOn, type Law } from '../../law/index.ts'
import type { Refusal } from '../../platform/refusal.ts'
import type { ParticipationFacts } from './shapes.ts'
import { whyNotStep } from './steps.rules.ts'

/** Why an authority cannot give an opinion: it is not asked now, or is the lead itself. */
export function whyNotOpine(
  part: Pick<ParticipationFacts, 'isLead' | 'state'> | undefined,
  task: { readonly state: string },
): Refusal | undefined {
  if (!part) return { code: 'not_allowed' }
  if (task.state !== 'consulting') return { code: 'opinion.not_now', params: { state: task.state } }
  return part.isLead ? { code: 'opinion.of_lead' } : whyNotStep(part.state, 'comment')
}

/** Why an opinion cannot be about a section: a scheme has none such on that day (YYYY-MM-DD). */
export function whyNotSection(section: string | undefined, law: Law, on: string): Refusal | undefined {
  if (section === undefined) return undefined
  const isKnown = codesOn(law, 'scheme-sections', on).some(({ code }) => code === section)
  return isKnown ? undefined : { code: 'opinion.section_unknown', params: { section } }
}

/** Why the lead cannot answer an opinion: it has; or one that is not adopted would be left without a reason. */
export function whyNotReply(
  opinion: { readonly adopted: boolean | null },
  answer?: { readonly adopted: boolean; readonly reply: string | undefined },
): Refusal | undefined {
  if (opinion.adopted !== null) return { code: 'opinion.answered_already' }
  return answer && !answer.adopted && answer.reply === undefined
    ? { code: 'opinion.reply_needed' }
    : undefined
}
