import { expect, it } from 'vitest'
import { eachAlone } from '../../src/draws/each-alone.ts'

it('has done the work for all, whatever went wrong with one, and says so at the end', async () => {
  const done: number[] = []
  const work = (item: number): Promise<void> => {
    if (item % 2 === 0) return Promise.reject(new Error(`of ${item}`))
    done.push(item)
    return Promise.resolve()
  }
  await expect(eachAlone([1, 2, 3], work)).rejects.toThrow('of 2')
  await expect(eachAlone([4, 5, 6], work)).rejects.toThrow('2 of 3 went wrong')
  await eachAlone([7], work)
  expect(done).toEqual([1, 3, 5, 7])
})
