// 抽查事项清单: citations, items, checklists, joint items, operating documents, statements of what is unsuitable.

import type { Route } from '../../platform/http/route.ts'
import { checklistRoutes } from './checklists.routes.ts'
import { citationRoutes } from './citations.routes.ts'
import { documentRoutes } from './documents.routes.ts'
import { itemDecisionRoutes } from './items.decisions.routes.ts'
import { itemRoutes } from './items.routes.ts'
import { jointItemRoutes } from './joint.routes.ts'
import type { CatalogueParts } from './parts.ts'
import { publicItemRoutes } from './public.routes.ts'
import { statementRoutes } from './statements.routes.ts'

export type { CitationFacts } from './citations.rules.ts'
export { grouped } from './grouped.ts'
export { placeIn } from './items.representation.ts'
export { type ItemFacts, whyNotUse } from './items.rules.ts'
export { basisText } from './items.csv.ts'
export { readMethods } from './item-words.rules.ts'
export type { AppliesTo } from './items.schema.ts'
export { basesOf, findItem, findItems, type ItemRow } from './items.store.ts'
export { Field, LEVELS, Methods, Words } from './shapes.ts'
export { catalogueContribution } from './waiting.ts'

/** Every operation of the catalogue. */
export function catalogueRoutes(parts: CatalogueParts): readonly Route[] {
  return [
    ...citationRoutes(parts),
    ...itemRoutes(parts),
    ...itemDecisionRoutes(parts),
    ...checklistRoutes(parts),
    ...jointItemRoutes(parts),
    ...documentRoutes(parts),
    ...statementRoutes(parts),
    ...publicItemRoutes(),
  ]
}

/** Which refusal a violated constraint of the catalogue's tables is: what two people did at the same moment. */
export const CATALOGUE_CONSTRAINTS = {
  citation_once: 'citation.there_already',
  item_code_once: 'item.code_taken',
  item_code_open: 'item.code_open',
  checklist_number: 'checklist.written_meanwhile',
  joint_item_name: 'jointItem.name_taken',
  operating_document_number: 'document.uploaded_meanwhile',
  unsuitable_statement_open: 'statement.open_already',
  // A text may be longer or shorter in its normal form than as it was sent.
  ...lengths('citation', ['title', 'document_number', 'issuer', 'doubt_note']),
  ...lengths('inspection_item', [
    'code',
    'name',
    'sub_item',
    'object',
    'scope',
    'not_random_reason',
    'ratio_note',
  ]),
  ...lengths('inspection_item', ['frequency', 'method_requirement', 'note', 'decision_note', 'end_reason']),
  ...lengths('item_basis', ['article', 'phrase']),
  ...lengths('checklist', ['change_note']),
  ...lengths('joint_item', ['name', 'object', 'focus', 'decision_note', 'end_reason']),
  ...lengths('operating_document', ['title', 'file_name', 'return_reason']),
  ...lengths('unsuitable_statement', ['explanation', 'return_reason']),
} as const

function lengths(table: string, columns: readonly string[]): Readonly<Record<string, 'text_length'>> {
  return Object.fromEntries(columns.map((column) => [`${table}_${column}_check`, 'text_length']))
}
