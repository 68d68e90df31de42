// The paper of a scheme: title, sections in order, signature and date (GB/T 9704).

import type { Law } from '../../law/index.ts'
import { dayOf } from '../../platform/clock.ts'
import type { Reply } from '../../platform/http/route.ts'
import { heading, paper, paragraphs } from './paper.ts'
import { dayText } from './said.rules.ts'
import { saidSections } from './schemes.representation.ts'
import type { SchemeRow } from './schemes.store.ts'

/** A scheme as a paper to print; a draft says that it is one. */
export function schemePaper(row: SchemeRow, title: string, law: Law): Reply {
  const sections = saidSections(row, law).map(
    (section, at) => heading(at + 1, section.title) + paragraphs(section.text),
  )
  const mark = row.state === 'draft' ? '（草稿，第' : row.number > 1 ? '（第' : ''
  const version = mark === '' ? '' : paragraphs(`${mark}${row.number}版）`, 'day')
  const body = [
    version,
    ...sections,
    paragraphs(row.leadAuthorityName, 'sign'),
    paragraphs(dayText(row.publishedOn ?? dayOf(row.writtenAt)), 'day'),
  ]
  return paper(title, body.join(''))
}
