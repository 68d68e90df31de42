// Who inspects together: modes, participants, how many joint inspections an authority leads (REQ-PLAN-4, REQ-SCH-9, REQ-ACT-5).

import { codesNamed, codesOn } from '../../law/index.ts'
import {
  type CheckedLine,
  citing,
  type Finding,
  placeOf,
  type PlanChecked,
  ruleAt,
} from './findings.rules.ts'

const MODES = 'tasks.joint_modes'
const OWN_MODE = 'tasks.own_mode'
const PARTICIPANTS = 'tasks.participants'
const LED = 'plans.joint_inspections_led'
const LOCAL = 'LOCAL'

/** What is wrong with how a line is inspected jointly. */
export function jointFindings(checked: PlanChecked, line: CheckedLine): readonly Finding[] {
  return [...modeFindings(checked, line), ...participantFindings(checked, line)]
}

/** Authorities that lead fewer joint inspections in the year than the law wants. */
export function ledFindings(checked: PlanChecked): readonly Finding[] {
  const { law, plan, members } = checked
  if (plan.kind === 'halfYear') return []
  const place = { division: plan.divisionCode, on: `${plan.year}-12-31` }
  const rule = ruleAt(law, LED, place)
  if (typeof rule?.value !== 'number') return []
  const least = rule.value
  const asked = plan.kind === 'consolidated' ? [...members.keys()] : [plan.authorityId]
  return asked
    .filter((id) => members.has(id))
    .map((id) => ({ id, led: ledBy(checked, id) }))
    .filter(({ led }) => led < least)
    .map(({ id, led }) => ({
      code: 'joint_led',
      severity: plan.kind === 'annual' ? 'error' : 'warning',
      lineIds: [],
      params: { authority: members.get(id) ?? '', led, least },
      law: citing(law, LED, place),
      mend: 'plan',
    }))
}

/** Joint inspections that an authority leads in the year; one that stands in two plans counts once. */
function ledBy({ lines, ledElsewhere }: PlanChecked, authorityId: string): number {
  const here = lines
    .filter((line) => line.leadAuthorityId === authorityId && line.parts.length > 1)
    .map(({ id, sourceLineIds }) => [id, ...sourceLineIds])
  const there = ledElsewhere.filter((one) => one.authorityId === authorityId).map(({ sources }) => sources)
  const seen = new Set<string>()
  let count = 0
  for (const sources of [...here, ...there]) {
    if (!sources.some((id) => seen.has(id))) count += 1
    for (const id of sources) seen.add(id)
  }
  return count
}

function modeFindings(checked: PlanChecked, line: CheckedLine): readonly Finding[] {
  const { law } = checked
  const { id, mode, drawType } = line
  const place = placeOf(checked, line)
  if (mode === null || !law.divisions.has(place.division)) return []
  const named = codesNamed(law, MODES, place)
  const isOwn = mode === LOCAL && ruleAt(law, OWN_MODE, place) !== undefined
  const about = { lineIds: [id], law: citing(law, MODES, place), mend: 'line' } as const
  if (named.length > 0 && !named.includes(mode) && !isOwn)
    return [{ ...about, code: 'mode_here', severity: 'error', params: { mode } }]
  const wanted = codesOn(law, 'joint-modes', line.startsOn).find(({ code }) => code === mode)?.attributes[
    'draw_type'
  ]
  return wanted === undefined || wanted === drawType
    ? []
    : [{ ...about, code: 'mode_draw_type', severity: 'warning', params: { mode, drawType: String(wanted) } }]
}

function participantFindings(checked: PlanChecked, line: CheckedLine): readonly Finding[] {
  const { id, mode, parts } = line
  if (mode === null && parts.length <= 1) return []
  const place = placeOf(checked, line)
  const rule = ruleAt(checked.law, PARTICIPANTS, place)
  // A joint inspection of one is none, whatever the law says.
  const least = Math.max(1, typeof rule?.value === 'number' ? rule.value : 1)
  const others = parts.length - 1
  if (others >= least) return []
  const law = citing(checked.law, PARTICIPANTS, place)
  return [
    { code: 'participants', severity: 'error', lineIds: [id], params: { others, least }, law, mend: 'line' },
  ]
}
