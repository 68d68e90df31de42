import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { utf8 } from '../src/bytes.ts'
import {
  canonical,
  canonicalBytes,
  type Json,
  type JsonObject,
  JcsError,
  parseCanonical,
} from '../src/jcs.ts'

const deep = (levels: number): string => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`

const ACCEPTED: readonly (readonly [string, string])[] = [
  ['nothing', '{}'],
  ['the largest integer', '{"a":9007199254740991}'],
  ['zero', '{"a":0}'],
  ['both booleans', '{"a":false,"b":true}'],
  ['RFC 8785’s control characters in their shortest form', '{"a":"\\b\\t\\n\\f\\r\\u0000\\u001f\\"\\\\/"}'],
  ['text that is not ASCII, as it is', '{"a":"青石县€\u{10ffff}\u007f\u2028"}'],
  ['keys by code unit', '{"a":1,"a0":1,"a_":1,"aa":1,"b":1}'],
  ['sixteen levels', deep(16)],
]

const REFUSED: readonly (readonly [string, string])[] = [
  ['null', '{"a":null}'],
  ['a fraction', '{"a":1.5}'],
  ['a fraction that is none', '{"a":1.0}'],
  ['an exponent', '{"a":1e3}'],
  ['minus zero', '{"a":-0}'],
  ['a negative number', '{"a":-1}'],
  ['2^53', '{"a":9007199254740992}'],
  ['2^53 + 1, which reads as 2^53', '{"a":9007199254740993}'],
  ['a leading zero', '{"a":01}'],
  ['a key twice', '{"a":1,"a":1}'],
  ['a key twice, the last one canonical', '{"a":2,"a":1}'],
  ['unsorted keys', '{"b":1,"a":1}'],
  ['an upper-case key', '{"A":1}'],
  ['an empty key', '{"":1}'],
  ['a key that begins with a digit', '{"0a":1}'],
  ['a key that begins with an underscore', '{"_a":1}'],
  ['a key that is a prototype', '{"__proto__":1}'],
  ['decomposed text', '{"a":"e\u0301"}'],
  ['a lone surrogate', '{"a":"\\ud800"}'],
  ['surrogates exchanged', '{"a":"\\udc00\\ud800"}'],
  ['an escape that is not needed', '{"a":"\\u0061"}'],
  ['an escape in upper case', '{"a":"\\u001F"}'],
  ['an escaped solidus', '{"a":"\\/"}'],
  ['a raw control character', '{"a":"\u0001"}'],
  ['a space', '{"a": 1}'],
  ['an LF at the end', '{"a":1}\n'],
  ['a BOM', '\uFEFF{"a":1}'],
  ['seventeen levels', deep(17)],
  ['a hundred thousand levels', deep(100_000)],
  ['an array', '[1]'],
  ['a bare string', '"a"'],
  ['no bytes', ''],
  ['two values', '{}{}'],
  ['a trailing comma', '{"a":1,}'],
  ['NaN', '{"a":NaN}'],
]

const names = fc.stringMatching(/^[a-z][a-z0-9_]{0,6}$/)
const text = fc.string({ unit: 'grapheme' }).map((s) => s.normalize('NFC'))
const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.boolean(),
    fc.maxSafeNat(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(names, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}))

describe('manifests in strict canonical JSON', () => {
  it.each(ACCEPTED)('%s: accepted, and written again as it was', (_name, given) => {
    expect(canonical(parseCanonical(utf8(given)))).toBe(given)
  })

  it.each(REFUSED)('%s: refused', (_name, given) => {
    expect(() => parseCanonical(utf8(given))).toThrow(JcsError)
  })

  it.each([
    [Uint8Array.of(0xff)],
    [Uint8Array.of(0xc0, 0x80)],
    [Uint8Array.of(0xed, 0xa0, 0x80)],
    [Uint8Array.of(0xf4, 0x90, 0x80, 0x80)],
  ])('bytes that are not UTF-8 are refused: %o', (bytes) => {
    expect(() => parseCanonical(new Uint8Array([...utf8('{"a":"'), ...bytes, ...utf8('"}')]))).toThrow(
      JcsError,
    )
  })

  it.each([
    [null],
    [-1],
    [1.5],
    [Number.NaN],
    [Infinity],
    [-0],
    [2 ** 53],
    [undefined],
    ['\ud800'],
    ['e\u0301'],
  ])('a value outside the profile is not written: %o', (bad) =>
    expect(() => canonical({ a: bad as unknown as Json })).toThrow(JcsError),
  )

  it('what is written is read back, and no key order matters', () => {
    fc.assert(
      fc.property(fc.dictionary(names, value, { maxKeys: 5, noNullPrototype: true }), (object) => {
        const bytes = canonicalBytes(object as JsonObject)
        expect(parseCanonical(bytes)).toEqual(object)
        const turned = Object.fromEntries(Object.entries(object).toReversed())
        expect(canonicalBytes(turned as JsonObject)).toEqual(bytes)
      }),
    )
  })

  it('one more byte anywhere is refused', () => {
    const good = '{"a":[1,true],"b":"x"}'
    for (let i = 0; i <= good.length; i++) {
      const more = `${good.slice(0, i)} ${good.slice(i)}`
      const inString = i === good.length - 3 || i === good.length - 2
      if (!inString) expect(() => parseCanonical(utf8(more)), more).toThrow(JcsError)
    }
  })
})
