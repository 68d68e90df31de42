import { useMe } from './me.ts'

const BUSINESS = [
  'conferenceOffice',
  'clerk',
  'unitHead',
  'leaderInCharge',
  'inspector',
  'oversight',
  'reader',
]

/**
 * Pages that would only tell the other roles that they may not read them: left out of the navigation for these. This
 * tidies; it guards nothing. The server decides when a page is opened.
 */
const ONLY_FOR: Readonly<Record<string, readonly string[]>> = {
  '/accounts': ['systemAdministrator', 'securityAdministrator', 'auditAdministrator'],
  '/agencies/imports': ['systemAdministrator'],
  '/audit/events': ['auditAdministrator', 'oversight'],
  '/registers/items': BUSINESS,
  '/registers/joint-items': BUSINESS,
  '/registers/citations': BUSINESS,
  '/registers/documents': BUSINESS,
  '/registers/statements': BUSINESS,
  '/registers/subjects': BUSINESS,
  '/registers/changes': BUSINESS,
  '/registers/figures': BUSINESS,
  '/registers/inspectors': BUSINESS,
  '/registers/experts': BUSINESS,
  '/registers/imports': ['conferenceOffice', 'clerk', 'unitHead', 'leaderInCharge', 'oversight'],
  '/plans': BUSINESS,
  '/plans/filings': BUSINESS,
  '/plans/overlaps': BUSINESS,
  '/tasks': BUSINESS,
  '/tasks/invitations': BUSINESS,
  '/tasks/visits': BUSINESS,
  '/draws': BUSINESS,
  '/draws/replacements': BUSINESS,
  '/draws/monitor': BUSINESS,
}

/** Whether a page is worth showing to the person at the screen. */
export function useMay(): (to: string) => boolean {
  const roles = useMe().data?.grants.map(({ role }) => role) ?? []
  return (to) => {
    const only = ONLY_FOR[to]
    return only === undefined || roles.some((role) => only.includes(role))
  }
}
