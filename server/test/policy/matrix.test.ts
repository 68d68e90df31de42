// The whole policy, committed as text: a change of who may do what is a line of a diff that somebody reviews.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ROLES } from '../../src/platform/actor.ts'
import { POLICY } from '../../src/policy.ts'
import { matrixText, readMatrix } from './matrix.ts'

const FILE = join(import.meta.dirname, 'policy.matrix.txt')

it('is the committed text', () => {
  const text = matrixText(POLICY)
  if (process.env['UPDATE_MATRIX'] === '1') writeFileSync(FILE, text)
  expect(readFileSync(FILE, 'utf8')).toBe(text)
})

it('says of every action and every role how far it goes', () => {
  const matrix = readMatrix(readFileSync(FILE, 'utf8'))
  expect(Object.keys(matrix)).toEqual(Object.keys(POLICY).toSorted())
  for (const line of Object.values(matrix)) expect(Object.keys(line.roles)).toEqual([...ROLES])
  expect(matrix['person.revealMobile']).toMatchObject({
    public: false,
    reauthenticate: true,
    roles: { systemAdministrator: 'sub', clerk: 'own', inspector: '·' },
  })
})

it('refuses a text that is not whole', () => {
  const text = matrixText(POLICY)
  expect(() => readMatrix(text.replace(' sub ', ' '))).toThrow('not a line')
  expect(() => readMatrix(text.replace('SYS  SEC', 'SYS  ZZZ'))).toThrow('no role')
})
