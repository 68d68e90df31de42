import { expect, test } from 'vitest'
import { linesFor, pageAt } from '../src/stage/space.ts'

test('everything is shown where there is room', () => {
  expect(linesFor([5, 2, 1, 1, 1], 40)).toEqual([5, 2, 1, 1, 1])
})

test('what a short list leaves over goes to the long ones, and no screen is overfull', () => {
  expect(linesFor([50, 2, 50], 20)).toEqual([9, 2, 9])
  expect(linesFor([], 20)).toEqual([])
})

test('pages turn by the clock and begin again', () => {
  const at = (now: number) => pageAt(['a', 'b', 'c'], { each: 2, now, turnMs: 1000 })
  expect(at(0)).toEqual({ items: ['a', 'b'], page: 1, pages: 2 })
  expect(at(1500)).toEqual({ items: ['c'], page: 2, pages: 2 })
  expect(at(2000).page).toBe(1)
})
