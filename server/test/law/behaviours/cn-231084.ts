// 宁安市 (S4).

import { whyNotUnplanned } from '../../../src/law/rules.ts'
import { type Behaviour, inPlace, names, reads, reminds, required, yearly } from './kit.ts'

const here = inPlace('231084', '宁安市双随机实施方案（2019）', '2019-05-23')
const in2019 = { last: '2019-12-31' }
const GROUNDS = [
  'FOOD_DRUG_SAFETY',
  'WORK_SAFETY',
  'PUBLIC_SAFETY',
  'ENVIRONMENT',
  'ACCIDENT',
  'FAILED_TEST',
  'COMPLAINT',
  'GOVERNMENT_ORDER',
] as const

export const NINGAN_CITY: readonly Behaviour[] = [
  here('publication.result_deadline', 'D-1 promptly', reminds('2024-09-30', 'inspectionEnd')),
  here('publication.publisher', 'D-3 who inspects publishes', names('INSPECTING_AUTHORITY')),
  here('publication.principle', 'D-3', reads('谁检查、谁录入、谁公开')),
  here('publication.channels', 'three channels', names('UNIFIED_PLATFORM', 'NECIPS', 'CREDIT_SHARING')),
  here('publication.plan_published', 'D-14 the programme is public', required),
  here(
    'plans.unplanned_forbidden',
    'D-17 not in the programme, not inspected',
    (law, key, place) =>
      whyNotUnplanned(law, place)?.key === key && !!whyNotUnplanned(law, place, 'ASSIGNED'),
  ),
  here(
    'plans.exemption_grounds',
    'D-17 save on eight grounds',
    (law, key, place) =>
      names(...GROUNDS)(law, key, place) && GROUNDS.every((ground) => !whyNotUnplanned(law, place, ground)),
  ),
  here('plans.filing_dates', 'CAL-PLAN-FILE in 2019', yearly('06-20'), in2019),
  here('plans.filing_dates', 'CAL-PLAN-FILE', yearly('01-15'), { from: '2020-01-01' }),
  here('plans.half_year_filing_dates', 'CAL-HALFPLAN', yearly('01-15', '06-15')),
  here('plans.published_before_filing', 'public before it is filed', required),
  here('plans.filed_with', 'filed with the justice bureau', names('JUSTICE_BUREAU')),
  here(
    'plans.market_field_filed_with',
    '… and the market bureau',
    names('JUSTICE_BUREAU', 'MARKET_REGULATION'),
  ),
  here('plans.joint_plan_reviewed_by', 'reviewed by the justice bureau', names('JUSTICE_BUREAU')),
  here('plans.ratio_follows_risk', 'more often where the risk is high', required),
  here('plans.followed_strictly', 'as the programme says, in content, time and manner', required),
  here('plans.single_visit', 'many items of one subject at once', required),
  here('tasks.platform_name', 'D-16', reads('牡丹江市双随机一公开监管平台')),
  here('draws.traced', 'the draw leaves a trace throughout', required),
  here('draws.organiser', 'D-10 each authority for itself', names('EACH_AUTHORITY')),
  here('draws.certificate_required', 'D-11 only the qualified are drawn', required, { last: '2025-01-02' }),
  here(
    'draws.observers',
    'four kinds of observers',
    names('PEOPLES_CONGRESS_DEPUTY', 'CPPCC_MEMBER', 'MEDIA', 'SOCIAL_SERVICE_BODY'),
  ),
  here(
    'registers.inspector_categories',
    'D-11 the register is wider',
    names('ENFORCEMENT_CIVIL_SERVANT', 'ENFORCEMENT_QUALIFIED', 'DAILY_SUPERVISION'),
  ),
  here('registers.catalogue_dates', 'the list by mid June 2019', yearly('06-20'), in2019),
  here('registers.unsuitable_items_dates', 'reasons by 25 June 2019', yearly('06-25'), in2019),
  here('registers.unsuitable_items_reported_to', 'to the justice bureau', names('JUSTICE_BUREAU')),
  here(
    'inspections.methods',
    'four methods',
    names('ON_SITE', 'DOCUMENTARY', 'ONLINE_MONITORING', 'COMMISSIONED_BODY'),
  ),
  here('inspections.experts_beyond_minimum', 'experts only beyond the minimum', required),
  here('inspections.archive_kept_by', 'D-18 each keeps its own', names('EACH_AUTHORITY')),
  here('inspections.ledger_required', 'D-18 a ledger is kept', required),
  here(
    'followups.judicial_referral',
    'a crime is passed on promptly',
    reminds('2024-09-30', 'violationFound'),
  ),
  here('followups.linkage_platform_entry', '… and entered in the linkage platform', required),
  here('supervision.supervising_bodies', 'D-15 two bureaus', names('JUSTICE_BUREAU', 'MARKET_REGULATION')),
  here('supervision.market_field_led_by', 'the market bureau leads', names('MARKET_REGULATION')),
  here('supervision.other_fields_led_by', 'the justice bureau coordinates', names('JUSTICE_BUREAU')),
  here('supervision.assessment', 'D-15', reads('法治政府建设考核')),
  here('supervision.statistics_dates', 'CAL-STATS', yearly('01-01', '07-01')),
  here('supervision.joint_statistics_dates', 'CAL-JOINT-STATS', yearly('01-01')),
]
