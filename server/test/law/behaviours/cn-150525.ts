// 奈曼旗 (S0).

import { atLeast, type Behaviour, due, inPlace, names, reads, reminds, required, ruledOut } from './kit.ts'

const here = inPlace('150525', '奈文旅联发〔2024〕2号', '2024-04-08')

export const NAIMAN_BANNER: readonly Behaviour[] = [
  here(
    'publication.result_deadline',
    'D-1 twenty days from the inspection',
    due('2024-10-23', 'inspectionEnd'),
  ),
  here('publication.publisher', 'D-3 who inspects enters', names('INSPECTING_AUTHORITY')),
  here('publication.principle', 'D-3 … and is responsible', reads('谁检查、谁录入、谁负责')),
  here('publication.channels', 'one channel', names('NECIPS')),
  here('publication.scheme_published_through', 'D-14 the scheme is on the web site', names('WEBSITE')),
  here('publication.plan_published', 'D-14 the programme too', required),
  here('publication.result_unalterable', 'what is public stays as it is', required),
  here('publication.unpublished_is_incomplete', 'not published is not done', required),
  here('objections.filing_window', 'D-9 sixty days to object', due('2024-12-18', 'resultPublished')),
  here('objections.re_examination', 'D-9 twenty to look again', due('2024-10-23', 'objectionReceived')),
  here('objections.feedback', 'D-9 fifteen to answer', due('2024-10-16', 'reExaminationDecided')),
  here('objections.correction', 'corrected promptly', reminds('2024-09-30', 'reExaminationDecided')),
  here('plans.ratio_follows_risk', 'less often where the risk is low', required),
  here('plans.full_coverage_counted', 'full coverage has a number and a frequency', required),
  here('plans.single_visit', 'one visit for many items', required),
  here('tasks.platform_name', 'D-16', reads('内蒙古“双随机、一公开”监管工作平台')),
  here('tasks.scheme_contents', 'what a scheme contains', names('ITEMS', 'METHOD', 'ITINERARY', 'PROGRESS')),
  here('draws.recusal_required', 'D-4 whoever has an interest recuses', required),
  here('draws.replaced_at_will', 'D-4 no replacing at will', ruledOut),
  here('draws.organiser', 'D-10 the lead organises one draw', names('LEAD_UNIFIED')),
  here('draws.team_size', 'D-5 two in a team', atLeast(2)),
  here(
    'draws.replacement_steps',
    'D-4 applied for, reviewed, approved, drawn',
    names('INSPECTOR_APPLIES', 'UNIT_HEAD_REVIEWS', 'LEADER_APPROVES', 'SUBSTITUTE_DRAWN'),
  ),
  here('draws.replacement_reasons', 'D-4 two reasons', names('RECUSAL', 'SPECIAL_CIRCUMSTANCES')),
  here('inspections.notice_required', 'a notice is served', required),
  here('inspections.own_items_signed', 'each signs for its own', required),
  here('followups.own_handling', 'handled promptly', reminds('2024-09-30', 'violationFound')),
  here('followups.referral', 'passed on promptly', reminds('2024-09-30', 'violationFound')),
  here('supervision.supervising_bodies', 'D-15 the banner government', names('COUNTY_GOVERNMENT')),
]
