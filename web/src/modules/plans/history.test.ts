import { expect, it } from 'vitest'

import type { TrendPoint } from './api.ts'
import { monthsBefore, valueIn } from './history.ts'

it('goes back across the turn of a year, oldest first', () => {
  expect(monthsBefore('2026-02-10', 3)).toEqual(['2025-12', '2026-01', '2026-02'])
  expect(monthsBefore('2026-02-10')).toHaveLength(12)
})

it('a reported value counts from the end of its period until the next', () => {
  const at = (period: string, value: number): TrendPoint => ({ period, value, baseline: false })
  const points = [{ period: '2023', value: 40, baseline: true }, at('2024-Q2', 60), at('2024-Q3', 70)]
  expect(['2024-05', '2024-06', '2024-08', '2024-09', '2025-01'].map((period) => valueIn(points, period, '2025-01-20'))).toEqual([null, 60, 60, 70, 70])
  expect(valueIn([at('2025', 5)], 'now', '2025-01-20')).toBe(5)
  expect(valueIn([at('2024-05', 1), at('now', 2)], '2024-06', '2025-01-20')).toBeNull()
})
