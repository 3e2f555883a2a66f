import { expect, it } from 'vitest'

import { atLeast, levelOf, whyNotAddGrid } from './model.ts'

it('reads the level from the code', () => {
  expect(['-', '62', '6208', '620802', '620802001', '620802001001', '620802001001001', '62080200100100101'].map(levelOf)).toEqual([
    'nation', 'province', 'city', 'county', 'township', 'village', 'grid', 'micro_grid',
  ])
  expect(atLeast('620802001001', 'village')).toBe(true)
  expect(atLeast('620802001', 'village')).toBe(false)
})

it('says why no grid can be added', () => {
  expect(whyNotAddGrid({ code: '620802001001', status: 'active' }, true)).toBeNull()
  expect(whyNotAddGrid({ code: '620802001', status: 'active' }, true)).toBe('places.why.only_villages')
  expect(whyNotAddGrid({ code: '620802001001', status: 'merged' }, true)).toBe('places.why.ended')
  expect(whyNotAddGrid({ code: '620802001001', status: 'active' }, false)).toBe('places.why.no_right')
})
