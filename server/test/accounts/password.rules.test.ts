import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { whyNotPassword } from '../../src/accounts/password.rules.ts'
import { safeReturn } from '../../src/accounts/return-to.rules.ts'
import { FIGURES, msUntilToken } from '../../src/accounts/throttle.rules.ts'

const username = 'zhang.san'

describe('a password', () => {
  it.each(['correct horse battery', '三更灯火五更鸡正是读书时好', 'wo3-xihuan-kan-shu', 'aaaa bbbb cccc'])(
    'may be %s',
    (password) => expect(whyNotPassword(password, { username })).toBeUndefined(),
  )

  it.each([
    ['eleven char', 'password.too_short'],
    ['😀😀😀😀😀😀😀😀😀😀😀', 'password.too_short'],
    ['my name is Zhang.San!', 'password.contains_username'],
    ['ＺＨＡＮＧ．ＳＡＮ is my name', 'password.contains_username'],
    ['1qaz2wsx3edc', 'password.too_common'],
    ['QWERTY123456', 'password.too_common'],
    ['woaini1314520', 'password.too_common'],
    ['abcabcabcabc', 'password.too_common'],
    ['111111111111', 'password.too_common'],
    ['123456789012', 'password.too_common'],
    ['98765432109876', 'password.too_common'],
    ['abcdefghijklm', 'password.too_common'],
  ])('may not be %s (%s)', (password, code) =>
    expect(whyNotPassword(password, { username })?.code).toBe(code),
  )
})

describe('the way back after signing in', () => {
  it.each(['/', '/people', '/people?q=a#b', '/%E4%B8%AD'])('may be %s', (path) =>
    expect(safeReturn(path)).toBe(path),
  )

  it.each([
    undefined,
    '',
    'people',
    '//elsewhere.example',
    '/\\elsewhere.example',
    '\\\\elsewhere.example',
    'https://elsewhere.example/',
    'javascript:alert(1)',
    '/\t/elsewhere.example',
    '/\n/elsewhere.example',
    '/a/..//elsewhere.example',
    '/.//elsewhere.example',
    '/api/v1/session',
    '/x/../api/v1/me',
  ])('is the first page instead of %j', (path) => expect(safeReturn(path)).toBe('/'))

  it('never leads a browser to another site', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('/', '\\', '.', '\t', '@', ':', 'a', '%2f', '?') }),
        (path) => {
          expect(new URL(safeReturn(`/${path}`), 'https://here.example').origin).toBe('https://here.example')
        },
      ),
    )
  })
})

describe('a bucket', () => {
  it('gives a token after the time that it names, and not a second before', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 5, noNaN: true }), (tokens) => {
        const waitMs = msUntilToken(FIGURES.name, { tokens, elapsedMs: 0 })
        expect(msUntilToken(FIGURES.name, { tokens, elapsedMs: waitMs + 1 })).toBe(0)
        if (waitMs > 1000)
          expect(msUntilToken(FIGURES.name, { tokens, elapsedMs: waitMs - 1000 })).toBeGreaterThan(0)
      }),
    )
  })
})
