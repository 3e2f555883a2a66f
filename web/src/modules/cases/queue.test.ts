import { expect, it } from 'vitest'

import { filterOf, queryOf } from './queue.ts'

it('survives the address bar', () => {
  const filter = { place: '620802', stage: 'handling', late: true, q: 'noise' }
  expect(filterOf(queryOf(filter))).toEqual(filter)
  expect(queryOf({ place: '', mine: false, late: undefined })).toEqual({})
  expect(filterOf({ foo: 'bar', late: 'no' })).toEqual({})
})
