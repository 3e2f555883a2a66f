import { expect, it } from 'vitest'

import { monthOf, periodOf, scaleOf, ticks } from './chart.ts'

it('puts periods on one line of months', () => {
  expect(monthOf('2020', '2025-03-10')).toBe(2020 * 12 + 11)
  expect(monthOf('2025-Q1', '2025-03-10')).toBe(monthOf('2025-03', '2025-03-10'))
  expect(monthOf('now', '2025-03-10')).toBe(monthOf('2025-03', '2025-03-10'))
  expect(periodOf(monthOf('2025-03', '2025-03-10'))).toBe('2025-03')
})

it('has round ticks around all values', () => {
  for (const [low, high] of [[0, 97.3], [94.8, 94.9], [0, 0], [12, 12], [-3, 8], [0, 1292.78]] as const) {
    const all = ticks(low, high)
    expect(all[0]).toBeLessThanOrEqual(low)
    expect(all.at(-1)).toBeGreaterThanOrEqual(high)
    expect(all.length).toBeGreaterThan(1)
    expect(all.length).toBeLessThan(8)
  }
  expect(ticks(0, 100)).toEqual([0, 50, 100])
})

it('draws more higher and later further right', () => {
  const { x, y } = scaleOf([10, 20], [0, 100], { left: 0, right: 100, top: 0, bottom: 50 })
  expect([x(10), x(20), y(0), y(100)]).toEqual([0, 100, 50, 0])
})
