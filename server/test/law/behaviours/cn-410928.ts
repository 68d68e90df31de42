// 濮阳县 (S1).

import {
  atLeast,
  atLeastOfThousand,
  type Behaviour,
  due,
  inPlace,
  names,
  reads,
  reminds,
  required,
  yearly,
} from './kit.ts'

const here = inPlace('410928', '濮县双随机办〔2023〕13号', '2023-03-15')
const in2023 = { from: '2023-01-01', last: '2023-12-31' }
const until2024 = { last: '2023-12-31' }

export const PUYANG_COUNTY: readonly Behaviour[] = [
  here(
    'publication.result_deadline',
    'D-1, D-2 ten days from the end of the task',
    due('2024-10-10', 'taskEnd'),
  ),
  here('publication.publisher', 'D-3 who inspects publishes', names('INSPECTING_AUTHORITY')),
  here('publication.principle', 'D-3', reads('谁检查、谁录入、谁公开')),
  here('publication.channels', 'one channel', names('NECIPS')),
  here('plans.ratio_floor', 'D-6 fifty of a thousand, in 2023 alone', atLeastOfThousand(50), in2023),
  here('plans.general_item_cap_required', 'D-7 a general item has a cap', required),
  here('plans.priority_item_uncapped', 'D-7 a priority item has none', required),
  here('plans.joint_inspections_led', 'D-8 two joint inspections, in 2023', atLeast(2), in2023),
  here('plans.case_lead_sources', 'D-17 three kinds of lead', names('COMPLAINT', 'ASSIGNED', 'MONITORING')),
  here('plans.library_dates', 'CAL-PLAN', yearly('06-30'), until2024),
  here('plans.single_visit', 'one visit for many items', required),
  here('tasks.joint_modes', 'three modes', names('COMPREHENSIVE', 'THEMATIC', 'SECTORAL')),
  here('tasks.participants', 'at least one participant', atLeast(1)),
  here('tasks.platform_name', 'D-16', reads('国家企业信用信息公示系统（部门协同监管平台-河南）')),
  here(
    'tasks.scheme_contents',
    'what a scheme contains',
    names('ORGANISATION', 'PROCEDURE', 'METHOD', 'CONTENT', 'HANDLING', 'PUBLICATION', 'FOLLOW_UP'),
  ),
  here('draws.organiser', 'D-10 each participant draws its own', names('EACH_PARTICIPANT')),
  here('draws.batch_order_by_draw', 'D-7 the order of batches may be drawn', required),
  here(
    'registers.inspector_categories',
    'D-11 daily supervision too',
    names('ENFORCEMENT_CIVIL_SERVANT', 'ENFORCEMENT_QUALIFIED', 'DAILY_SUPERVISION'),
  ),
  here('registers.catalogue_dates', 'CAL-LISTS', yearly('06-30'), until2024),
  here('registers.register_dates', 'CAL-LISTS', yearly('06-30'), until2024),
  here('registers.operating_rules_dates', 'CAL-LISTS', yearly('06-30'), until2024),
  here('inspections.methods', 'three methods', names('ON_SITE', 'DOCUMENTARY', 'ONLINE_MONITORING')),
  here(
    'followups.judicial_referral',
    'a crime is passed on promptly',
    reminds('2024-09-30', 'violationFound'),
  ),
  here('followups.case_lead', 'a lead is followed at once', reminds('2024-09-23', 'leadReceived')),
  here('supervision.supervising_bodies', 'D-15 the joint conference', names('JOINT_CONFERENCE')),
  here('supervision.conference_name', 'D-15', reads('濮阳县部门联合“双随机、一公开”监管工作联席会议')),
  here('supervision.market_field_led_by', 'the market bureau leads', names('MARKET_REGULATION')),
  here('supervision.responsible_deputy_required', 'each names a deputy', required),
  here('supervision.progress_dates', 'CAL-PROGRESS', yearly('07-01', '11-15'), until2024),
]
