// 博尔塔拉蒙古自治州 (S3), seen from 温泉县, one of its counties.

import { type Behaviour, due, inPlace, names, reads, reminds, required, yearly } from './kit.ts'

const COUNTY = '652723'
const here = inPlace(COUNTY, '博州政办发〔2019〕33号', '2019-08-22', COUNTY)
const in2019 = { last: '2019-12-31' }

export const BORTALA_PREFECTURE: readonly Behaviour[] = [
  here(
    'publication.result_deadline',
    'D-1 twenty days from the inspection',
    due('2024-10-23', 'inspectionEnd'),
  ),
  here('publication.publisher', 'D-3 the lead enters', names('LEAD_AUTHORITY')),
  here('publication.channels', 'one channel', names('NECIPS')),
  here('publication.drawn_list_published', 'D-13 the drawn list is public', required),
  here('publication.scheme_published_through', 'D-14 the scheme is on the platform', names('PLATFORM')),
  here('publication.plan_published', 'D-14 the programme is public', required),
  here('plans.case_lead_sources', 'D-17 two kinds of lead', names('COMPLAINT', 'ASSIGNED')),
  here('plans.submission_dates', 'CAL-PLAN-SUBMIT', yearly('03-10')),
  here('plans.consolidation_dates', 'CAL-PLAN-MERGE', yearly('04-10')),
  here('plans.market_field_filed_with', 'handed to the market bureau', names('MARKET_REGULATION')),
  here('plans.ratio_follows_risk', 'shares follow risk and credit', required),
  here('plans.basis_required', 'nothing without a basis in law', required),
  here('plans.single_visit', 'many items of one subject at once', required),
  here('tasks.platform_name', 'D-16', reads('自治区统一的部门联合“双随机、一公开”监管工作平台')),
  here('tasks.through_platform', 'everything through the platform', required),
  here(
    'tasks.scheme_contents',
    'what a scheme contains',
    names('TASK', 'SCOPE', 'RATIO', 'CONTENT', 'METHOD', 'LEVEL', 'TIME', 'REQUIREMENTS', 'HANDLING'),
  ),
  here('draws.organiser', 'D-10 the lead draws both', names('LEAD_DRAWS_BOTH')),
  here(
    'draws.observers',
    'four kinds of observers',
    names('PEOPLES_CONGRESS_DEPUTY', 'CPPCC_MEMBER', 'TRADE_ASSOCIATION', 'MEDIA'),
  ),
  here(
    'registers.inspector_categories',
    'D-11 daily supervision too',
    names('ENFORCEMENT_CIVIL_SERVANT', 'ENFORCEMENT_QUALIFIED', 'DAILY_SUPERVISION'),
  ),
  here('registers.catalogue_dates', 'lists by October 2019', yearly('10-31'), in2019),
  here('registers.register_dates', 'registers by October 2019', yearly('10-31'), in2019),
  here('registers.operating_rules_dates', 'rules by October 2019', yearly('10-31'), in2019),
  here('registers.joint_catalogue_dates', 'the joint list by November 2019', yearly('11-30'), in2019),
  here('inspections.experts_beyond_minimum', 'experts only beyond the minimum', required),
  here('inspections.archive_kept_by', 'D-18 the lead archives', names('LEAD_AUTHORITY')),
  here('followups.referral', 'passed on promptly', reminds('2024-09-30', 'violationFound')),
  here(
    'followups.judicial_referral',
    'a crime is passed on promptly',
    reminds('2024-09-30', 'violationFound'),
  ),
  here('followups.case_lead', 'a lead is followed at any time', reminds('2024-09-24', 'leadReceived')),
  here('supervision.supervising_bodies', 'D-15 the joint conference', names('JOINT_CONFERENCE')),
  here('supervision.market_field_led_by', 'the market bureau leads', names('MARKET_REGULATION')),
  here('supervision.conference_name', 'D-15', reads('自治州“双随机、一公开”监管工作联席会议')),
  here('supervision.assessment', 'D-15', reads('政府绩效考核体系')),
]
