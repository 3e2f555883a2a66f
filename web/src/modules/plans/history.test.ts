import { expect, it } from 'vitest'

import { monthsBefore } from './history.ts'

it('goes back across the turn of a year, oldest first', () => {
  expect(monthsBefore('2026-02-10', 3)).toEqual(['2025-12', '2026-01', '2026-02'])
  expect(monthsBefore('2026-02-10')).toHaveLength(12)
})
