// The addresses of 一单两库.

import { lazyRouteComponent } from '@tanstack/react-router'
import { page } from './page-routes.tsx'

/** The item catalogue, the registers of subjects and of inspectors, and how they are filled. */
export const REGISTER_PAGES = [
  page(
    '/registers/items',
    ['q', 'authority', 'state', 'field', 'tier', 'random', 'citation', 'after', 'limit'],
    lazyRouteComponent(() => import('../registers/catalogue/item-list.tsx'), 'ItemList'),
  ),
  page(
    '/registers/items/$id',
    ['tab', 'after'],
    lazyRouteComponent(() => import('../registers/catalogue/item-record.tsx'), 'ItemRecord'),
  ),
  page(
    '/registers/items/$id/checklist',
    [],
    lazyRouteComponent(() => import('../registers/catalogue/checklist-page.tsx'), 'ChecklistPage'),
  ),
  page(
    '/registers/joint-items',
    ['q', 'authority', 'state', 'after', 'limit'],
    lazyRouteComponent(() => import('../registers/catalogue/joint-list.tsx'), 'JointList'),
  ),
  page(
    '/registers/joint-items/$id',
    ['tab', 'after'],
    lazyRouteComponent(() => import('../registers/catalogue/joint-record.tsx'), 'JointRecord'),
  ),
  page(
    '/registers/citations',
    ['q', 'level', 'doubtful', 'after', 'limit'],
    lazyRouteComponent(() => import('../registers/catalogue/citation-list.tsx'), 'CitationList'),
  ),
  page(
    '/registers/documents',
    ['authority', 'kind', 'state', 'latest', 'after', 'limit'],
    lazyRouteComponent(() => import('../registers/catalogue/document-list.tsx'), 'DocumentList'),
  ),
  page(
    '/registers/documents/$id',
    ['tab', 'after'],
    lazyRouteComponent(() => import('../registers/catalogue/document-record.tsx'), 'DocumentRecord'),
  ),
  page(
    '/registers/statements',
    ['authority', 'state', 'after', 'limit'],
    lazyRouteComponent(() => import('../registers/catalogue/statement-list.tsx'), 'StatementList'),
  ),
  page(
    '/registers/statements/$id',
    ['tab', 'after'],
    lazyRouteComponent(() => import('../registers/catalogue/statement-record.tsx'), 'StatementRecord'),
  ),
  page(
    '/registers/subjects',
    [
      'q',
      'field',
      'division',
      'authority',
      'industry',
      'class',
      'grade',
      'kind',
      'type',
      'tag',
      'pool',
      'flag',
      'station',
      'item',
      'state',
      'left',
      'after',
      'limit',
    ],
    lazyRouteComponent(() => import('../registers/subjects/subject-list.tsx'), 'SubjectList'),
  ),
  page(
    '/registers/subjects/$id',
    ['tab', 'after'],
    lazyRouteComponent(() => import('../registers/subjects/subject-record.tsx'), 'SubjectRecord'),
  ),
  page(
    '/registers/changes',
    ['division', 'kind', 'state', 'source', 'returned', 'after', 'limit'],
    lazyRouteComponent(() => import('../registers/subjects/change-list.tsx'), 'ChangeList'),
  ),
  page(
    '/registers/changes/$id',
    ['tab', 'after'],
    lazyRouteComponent(() => import('../registers/subjects/change-record.tsx'), 'ChangeRecord'),
  ),
  page(
    '/registers/figures',
    ['division'],
    lazyRouteComponent(() => import('../registers/subjects/figures-page.tsx'), 'FiguresPage'),
  ),
  page(
    '/registers/inspectors',
    [
      'q',
      'division',
      'authority',
      'unit',
      'person',
      'category',
      'enforcementCategory',
      'qualification',
      'specialism',
      'level',
      'state',
      'warrant',
      'after',
      'limit',
    ],
    lazyRouteComponent(() => import('../registers/inspectors/inspector-list.tsx'), 'InspectorList'),
  ),
  page(
    '/registers/inspectors/$id',
    ['tab', 'after'],
    lazyRouteComponent(() => import('../registers/inspectors/inspector-record.tsx'), 'InspectorRecord'),
  ),
  page(
    '/registers/experts',
    ['q', 'kind', 'authority', 'field', 'ended', 'after', 'limit'],
    lazyRouteComponent(() => import('../registers/inspectors/expert-list.tsx'), 'ExpertList'),
  ),
  page(
    '/registers/experts/$id',
    ['tab', 'after'],
    lazyRouteComponent(() => import('../registers/inspectors/expert-record.tsx'), 'ExpertRecord'),
  ),
  page(
    '/registers/imports',
    ['register', 'after'],
    lazyRouteComponent(() => import('../registers/imports/import-list.tsx'), 'RegisterImportList'),
  ),
  page(
    '/registers/imports/$id',
    ['result', 'after'],
    lazyRouteComponent(() => import('../registers/imports/import-record.tsx'), 'RegisterImportRecord'),
  ),
  page(
    '/registers/imports/$id/application',
    [],
    lazyRouteComponent(() => import('../registers/imports/application-page.tsx'), 'ApplicationPage'),
  ),
] as const
