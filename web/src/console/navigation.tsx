// Where one can go. The steps of the flow join the side navigation one by one, as they are built; home shows the whole.

import {
  AuditOutlined,
  BankOutlined,
  BookOutlined,
  CalendarOutlined,
  DashboardOutlined,
  ExperimentOutlined,
  InboxOutlined,
  ProfileOutlined,
  SafetyOutlined,
  SolutionOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'

/** The business flow, in its order. */
export const FLOW = [
  'list_and_registers',
  'plans',
  'tasks',
  'draws',
  'inspections',
  'publication',
  'objections',
  'followups',
  'supervision',
] as const

export interface Place {
  readonly key:
    | 'todo'
    | 'registers'
    | 'plans'
    | 'tasks'
    | 'draws'
    | 'agencies'
    | 'law'
    | 'audit'
    | 'accounts'
    | 'operations'
  readonly icon: ReactNode
  readonly pages: readonly { readonly key: string; readonly to: string }[]
}

/** The areas on which the flow stands. */
export const PLACES: readonly Place[] = [
  { key: 'todo', icon: <InboxOutlined />, pages: [{ key: 'todo', to: '/' }] },
  {
    key: 'registers',
    icon: <ProfileOutlined />,
    pages: [
      { key: 'items', to: '/registers/items' },
      { key: 'jointItems', to: '/registers/joint-items' },
      { key: 'citations', to: '/registers/citations' },
      { key: 'documents', to: '/registers/documents' },
      { key: 'statements', to: '/registers/statements' },
      { key: 'subjects', to: '/registers/subjects' },
      { key: 'subjectChanges', to: '/registers/changes' },
      { key: 'subjectFigures', to: '/registers/figures' },
      { key: 'inspectors', to: '/registers/inspectors' },
      { key: 'experts', to: '/registers/experts' },
      { key: 'registerImports', to: '/registers/imports' },
    ],
  },
  {
    key: 'plans',
    icon: <CalendarOutlined />,
    pages: [
      { key: 'plans', to: '/plans' },
      { key: 'filings', to: '/plans/filings' },
      { key: 'overlaps', to: '/plans/overlaps' },
    ],
  },
  {
    key: 'tasks',
    icon: <SolutionOutlined />,
    pages: [
      { key: 'tasks', to: '/tasks' },
      { key: 'invitations', to: '/tasks/invitations' },
      { key: 'visits', to: '/tasks/visits' },
    ],
  },
  {
    key: 'draws',
    icon: <ExperimentOutlined />,
    pages: [
      { key: 'draws', to: '/draws' },
      { key: 'assignments', to: '/draws/assignments' },
      { key: 'replacements', to: '/draws/replacements' },
      { key: 'monitor', to: '/draws/monitor' },
    ],
  },
  {
    key: 'agencies',
    icon: <BankOutlined />,
    pages: [
      { key: 'authorities', to: '/agencies/authorities' },
      { key: 'people', to: '/agencies/people' },
      { key: 'grants', to: '/agencies/grants' },
      { key: 'conferences', to: '/agencies/conferences' },
      { key: 'divisions', to: '/agencies/divisions' },
      { key: 'imports', to: '/agencies/imports' },
    ],
  },
  {
    key: 'law',
    icon: <BookOutlined />,
    pages: [
      { key: 'parameters', to: '/law/parameters' },
      { key: 'entries', to: '/law/entries' },
      { key: 'calendars', to: '/law/calendars' },
      { key: 'deadline', to: '/law/deadline' },
      { key: 'comparison', to: '/law/comparison' },
    ],
  },
  { key: 'audit', icon: <AuditOutlined />, pages: [{ key: 'events', to: '/audit/events' }] },
  {
    key: 'accounts',
    icon: <SafetyOutlined />,
    pages: [
      { key: 'security', to: '/me/security' },
      { key: 'accounts', to: '/accounts' },
    ],
  },
  {
    key: 'operations',
    icon: <DashboardOutlined />,
    pages: [
      { key: 'jobs', to: '/operations/jobs' },
      { key: 'system', to: '/operations/system' },
    ],
  },
]
