// Several places beside each other: what differs, what no place says, and how a place is named.

import { describe, expect, it } from 'vitest'
import { compare, placesNamed, placesWithRules } from '../../src/law/comparison.ts'
import { LAW } from './law.ts'

const PUYANG = { division: '410928', on: '2023-06-30' }
const NAIMAN = { division: '150525', on: '2024-06-03' }
const NINGAN = { division: '231084', on: '2019-06-03' }

const row = (key: string, ...places: readonly (typeof PUYANG)[]) => compare(LAW, places, [key])[0]!

describe('a comparison', () => {
  it('has each parameter once, in the order of the law', () => {
    const keys = compare(LAW, [PUYANG, NAIMAN]).map(({ parameter }) => parameter.key)
    expect(keys).toEqual([...LAW.parameters.keys()])
  })

  it('says where the places differ, be it in the length, in the beginning or in silence', () => {
    expect(row('publication.result_deadline', PUYANG, NAIMAN)).toMatchObject({
      differs: true,
      resolved: [{ value: 10 }, { value: 20 }],
    })
    expect(row('objections.filing_window', PUYANG, NAIMAN)).toMatchObject({
      differs: true,
      resolved: [undefined, { value: 60 }],
    })
    expect(row('publication.principle', PUYANG, NINGAN).differs).toBe(false)
    expect(row('objections.filing_window', PUYANG, NINGAN).differs).toBe(false)
  })

  it('asks each place on its own day, because a document may bind one year alone', () => {
    expect(row('plans.ratio_floor', PUYANG, { ...PUYANG, on: '2024-06-30' })).toMatchObject({
      differs: true,
      resolved: [{ value: 500 }, undefined],
    })
  })

  it('of one place differs in nothing', () => {
    expect(compare(LAW, [PUYANG]).some(({ differs }) => differs)).toBe(false)
  })
})

describe('the places with rules of their own', () => {
  it('are those of the five documents, each on a day on which all of it has begun', () => {
    expect(placesWithRules(LAW)).toEqual([
      { division: '150525', on: '2024-04-08' },
      { division: '150626', on: '2023-03-10' },
      { division: '231084', on: '2020-01-01' },
      { division: '410928', on: '2023-03-15' },
      { division: '652700', on: '2019-08-22' },
    ])
  })
})

describe('places in an address', () => {
  it('are read in their order', () => {
    expect(placesNamed(LAW, '410928@2023-06-30,231084@2019-06-03')).toEqual([PUYANG, NINGAN])
  })

  it.each(['410928@2023-02-30', '123456@2023-06-30', '410928'])('are not read from %s', (text) =>
    expect(placesNamed(LAW, text)).toBeUndefined(),
  )
})
