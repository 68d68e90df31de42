// 乌审旗 (S2).

import { type Law, resolve, withEntries } from '../../../src/law/rules.ts'
import { type Behaviour, due, inPlace, names, reads, required, ruledOut } from './kit.ts'

const DOCUMENT = '乌审旗双随机抽查工作细则（2023）'
const here = inPlace('150626', DOCUMENT, '2023-03-10')

/** Whether a rule of the city (鄂尔多斯市 150600) from that day decides in the banner. */
function cityPrevails(law: Law, from: string): boolean {
  const source = { document: 'a rule of the city', confirmed: true, phrase: 'its words' }
  const key = 'publication.result_deadline'
  const rule = { division: '150600', key, from, value: 15, kind: 'default' as const, source }
  const resolved = resolve(withEntries(law, [rule]), key, { division: '150626', on: '2024-06-01' })
  return resolved?.source.document === source.document
}

export const UXIN_BANNER: readonly Behaviour[] = [
  here('publication.result_deadline', 'D-1, D-2 twenty days', due('2024-10-23', 'activityCompleted')),
  here('publication.deadline_covers', 'D-2 entry is what is due', names('ENTRY')),
  here('publication.publisher', 'D-3 each participant', names('INSPECTING_AUTHORITY')),
  here('publication.principle', 'D-3', reads('谁检查、谁录入、谁公开')),
  here('publication.channels', 'one channel', names('NECIPS')),
  here('plans.ratio_follows_risk', 'more often where the risk is high', required),
  here('tasks.consultation_required', 'participants are asked', required),
  here('tasks.refusal_statement_required', 'a refusal is written', required),
  here(
    'tasks.dedup_scope',
    'D-12 not twice a year, nor after the city',
    names('SAME_AUTHORITY_SAME_YEAR', 'MUNICIPAL_COUNTERPART_SAME_YEAR'),
  ),
  here('tasks.platform_name', 'D-16', reads('国家企业信用信息公示系统（协同监管平台-内蒙古）')),
  here(
    'tasks.scheme_contents',
    'what a scheme contains',
    names('SCOPE', 'RATIO', 'TIME', 'METHOD', 'PARTICIPANTS', 'ITEMS'),
  ),
  here('draws.recusal_required', 'D-4 whoever has an interest recuses', required),
  here('draws.organiser', 'D-10 each participant on the platform', names('EACH_PARTICIPANT')),
  here('draws.swap_permitted', 'D-4 no swaps', ruledOut),
  here('draws.replacement_steps', 'D-4 drawn again, no approvals', names('SUBSTITUTE_DRAWN')),
  here(
    'draws.replacement_reasons',
    'D-4 three reasons',
    names('RECUSAL', 'SPECIALIST_ITEM', 'SPECIAL_CIRCUMSTANCES'),
  ),
  here('inspections.methods', 'three methods', names('ON_SITE', 'DOCUMENTARY', 'ONLINE_MONITORING')),
  here('inspections.default_method', 'on site where nothing else is said', names('ON_SITE')),
  here('supervision.supervising_bodies', 'D-15 the joint conference', names('JOINT_CONFERENCE')),
  here('supervision.conference_name', 'D-15', reads('乌审旗“双随机、一公开”工作联席会议')),
  here('supervision.assessment', 'D-15', reads('年度“五位一体”考核')),
  here(
    'supervision.later_upper_rule_prevails',
    '(十七) later rules of the city prevail, earlier ones do not',
    (law, key, place) =>
      required(law, key, place) && cityPrevails(law, '2024-01-01') && !cityPrevails(law, '2022-01-01'),
  ),
]
