import { describe, expect, it } from 'vitest'
import { fromHex, toHex } from '../src/bytes.ts'
import { Log } from '../src/build/log.ts'
import { cosignatureLine, cosignedAt, logSigned, parseCheckpoint } from '../src/log/checkpoint.ts'
import { type Policy, quorumIntersects, witnessesInTime } from '../src/log/policy.ts'
import { publicKeyEd25519 } from '../src/sign/ed25519.ts'
import { made, policyOf } from './county.ts'

const origin = 'log.qingshi.example'
const logKey = fromHex(made('log key'))
const witness = fromHex(made('key witness-1'))
const log = new Log(['{"a":1}', '{"b":2}', '{"c":3}'])
const plain = log.checkpoint(origin, logKey)
const text = plain + cosignatureLine(plain, 'witness-1', witness, 1_795_395_000)
const get = (given: string) => parseCheckpoint(given) ?? expect.fail('not a checkpoint')

describe('a checkpoint', () => {
  it('is parsed into origin, size, root and signatures, and its own key signed it', () => {
    const found = get(text)
    expect([found.origin, found.size, found.signatures.length]).toEqual([origin, 3, 2])
    expect(found.body).toBe(`${plain.split('\n').slice(0, 3).join('\n')}\n`)
    expect(logSigned(found, origin, publicKeyEd25519(logKey))).toBe(true)
    expect(logSigned(found, origin, publicKeyEd25519(witness))).toBe(false)
    expect(logSigned(found, 'log.wusheng.example', publicKeyEd25519(logKey))).toBe(false)
  })

  it('is cosigned at the time that the witness signed, and by nobody else', () => {
    const found = get(text)
    expect(cosignedAt(found, 'witness-1', publicKeyEd25519(witness))).toBe(1_795_395_000)
    expect(cosignedAt(found, 'witness-2', publicKeyEd25519(witness))).toBeUndefined()
    expect(cosignedAt(found, 'witness-1', publicKeyEd25519(logKey))).toBeUndefined()
    expect(cosignedAt(get(plain), 'witness-1', publicKeyEd25519(witness))).toBeUndefined()
  })

  it('with another size, root or time is signed by nobody', () => {
    const [bodyEnd] = [text.indexOf('\n\n')]
    const bigger = get(text.replace('\n3\n', '\n4\n'))
    const other = get(`${plain.slice(0, bodyEnd - 2)}E=${text.slice(bodyEnd)}`)
    for (const forged of [bigger, other]) {
      expect(logSigned(forged, origin, publicKeyEd25519(logKey))).toBe(false)
      expect(cosignedAt(forged, 'witness-1', publicKeyEd25519(witness))).toBeUndefined()
    }
    const [, line = ''] = text.split('— witness-1 ')
    const bytes = Uint8Array.from(atob(line.trim()), (c) => c.charCodeAt(0))
    bytes[11]!--
    const earlier = get(`${plain}— witness-1 ${btoa(String.fromCharCode(...bytes))}\n`)
    expect(cosignedAt(earlier, 'witness-1', publicKeyEd25519(witness))).toBeUndefined()
  })

  it.each([
    ['nothing', ''],
    ['no empty line', text.replace('\n\n', '\n')],
    ['no LF at the end', text.slice(0, -1)],
    ['CRLF', text.replaceAll('\n', '\r\n')],
    ['a size with a leading zero', text.replace('\n3\n', '\n03\n')],
    ['a size with a sign', text.replace('\n3\n', '\n+3\n')],
    ['a size that is no number', text.replace('\n3\n', '\nthree\n')],
    ['no origin', text.replace(origin, '')],
    ['an extension line', text.replace('=\n\n', '=\nextension\n\n')],
    ['a root of 31 bytes', text.replace(/\n3\n.*\n/, `\n3\n${btoa('x'.repeat(31))}\n`)],
    ['a root that is no base64', text.replace(/\n3\n../, '\n3\n!!')],
    [
      'a root in base64 that is not canonical',
      text.replace(/(\n3\n.*)(.)=\n/, (_, head: string) => `${head}B=\n`),
    ],
    ['a signature line with a hyphen', text.replace('— witness', '- witness')],
    ['a signature line without a name', text.replace('— witness-1 ', '— ')],
    ['a signature of four bytes', `${plain}— witness-1 AAAAAA==\n`],
    ['an empty line at the end', `${text}\n`],
  ])('%s is none', (_name, given) => {
    expect(given === text).toBe(false)
    expect(parseCheckpoint(given)).toBeUndefined()
  })
})

describe('a policy', () => {
  const base = policyOf()
  const policy = (change: Partial<Policy>): Policy => ({ ...base, ...change })

  it.each([
    ['two of three, none dishonest', {}, true],
    ['two of three, one dishonest', { faults: 1 }, false],
    ['three of three, one dishonest', { quorum: 3, faults: 1 }, true],
    ['one of three', { quorum: 1 }, false],
    ['four of three', { quorum: 4 }, false],
    [
      'one key under two names',
      { witnesses: base.witnesses.map((w) => ({ ...w, key: base.witnesses[0]!.key })) },
      false,
    ],
  ])('%s: %o', (_name, change, holds) => expect(quorumIntersects(policy(change))).toBe(holds))

  it('counts a witness who cosigned by close_by and more than ten seconds before the first value', () => {
    const count = (latest: number, firstValue: number) =>
      witnessesInTime(base, get(text), get(text), { latest, firstValue })
    const at = 1_795_395_000
    expect(count(at, at + 11)).toBe(1)
    expect(count(at - 1, at + 11)).toBe(0)
    expect(count(at, at + 10)).toBe(0)
  })
})

describe('a log', () => {
  it('gives the same checkpoint for the same leaves, and another for any other', () => {
    expect(new Log(log.texts).checkpoint(origin, logKey)).toBe(plain)
    const roots = [['x'], ['x', 'y'], ['y', 'x'], ['xy']].map((t) =>
      toHex(get(new Log(t).checkpoint(origin, logKey)).root),
    )
    expect(new Set(roots).size).toBe(4)
  })
})
