import { expect, it } from 'vitest'

import { filterOf, orderOf, queryOf } from './queue.ts'

it('survives the address bar', () => {
  const filter = { place: '620802', stage: 'handling', late: true, q: 'noise' }
  expect(filterOf(queryOf(filter))).toEqual(filter)
  expect(queryOf({ place: '', mine: false, late: undefined })).toEqual({})
  expect(filterOf({ foo: 'bar', late: 'no' })).toEqual({})
})

it('lists what is open by its clock, and what a figure counted by its age', () => {
  expect(orderOf({})).toBe('due')
  expect(orderOf({ where: 'satisfied' })).toBe('opened')
  expect(orderOf({ where: 'satisfied', order: 'due' })).toBe('due')
})
