// What the form of a task asks for while somebody writes.

import { expect, it } from 'vitest'
import { asPreview, type TaskValues } from '../src/tasks/new/values.ts'

const VALUES: TaskValues = {
  origin: 'outside',
  leadAuthorityId: 'lead',
  scope: { divisions: ['990101'] },
  designKind: 'ratio',
  ratio: 5,
}

it('says who takes part in a task that is new, and leaves to the server who takes part in a saved one', () => {
  const parts = [{ authorityId: 'lead', members: 2, itemIds: ['item'] }]
  expect(asPreview({ ...VALUES, parts }, undefined)).toMatchObject({ parts })
  const saved = asPreview(VALUES, 'task')
  expect(saved).toMatchObject({ taskId: 'task' })
  // Nobody at all would be a task without items and people.
  expect(saved).not.toHaveProperty('parts')
})

it('asks for nothing before there is a scope', () => {
  expect(asPreview({ ...VALUES, scope: {} }, undefined)).toBeUndefined()
})
