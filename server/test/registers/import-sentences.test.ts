import { expect, test } from 'vitest'
import { type ImportFacts, whyNotApply } from '../../src/registers/imports/imports.rules.ts'
import { reasonText } from '../../src/registers/imports/representation.ts'

const facts = (counts: ImportFacts['counts']): ImportFacts => ({
  register: 'subject',
  mode: 'full',
  state: 'checked',
  counts: { changed: 1, ...counts },
  uploadedById: 'a',
  checkedById: 'a',
  approvedById: null,
  sheet: { kind: 'csv' },
})

test('what two persons are needed for is said, and of nobody nothing', () => {
  expect(whyNotApply(facts({ gone: 2, reclassified: 0 }))).toEqual({
    code: 'import.second_person_for_gone',
    params: { gone: 2 },
  })
  expect(whyNotApply(facts({ reclassified: 3 }))).toEqual({
    code: 'import.second_person_for_reclassified',
    params: { reclassified: 3 },
  })
  expect(whyNotApply(facts({ gone: 1, reclassified: 3 }))?.code).toBe('import.second_person_needed')
})

test('a sentence that begins with its column does not name it twice', () => {
  const said = (column: string) => reasonText({ code: 'inspector_row.sex_unknown', column }, 'zh-CN')
  expect(said('性别')).toBe('性别须为“男”或“女”。')
  expect(said('男女')).toBe('男女：性别须为“男”或“女”。')
})
