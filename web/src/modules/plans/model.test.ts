import { expect, it } from 'vitest'

import type { Indicator, Target } from './api.ts'
import { changeOf, classLimits, classOf, classRanges, countByStatus, noClass, paired, periods, ranked, targetOf, worstFirst, reportingPeriods } from './model.ts'

it('gives every known value a class that begins at or below it', () => {
  const values = [null, 3, 9, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5]
  const limits = classLimits(values)
  expect(limits.length).toBeLessThanOrEqual(5)
  for (const value of values) {
    const found = classOf(value, limits)
    if (value === null) expect(found).toBe(noClass)
    else expect(limits[found]).toBeLessThanOrEqual(value)
  }
})

it('has no more classes than values', () => {
  expect(classLimits([null, 7, 7, 7])).toEqual([7])
  expect(classOf(7, [7])).toBe(0)
  expect(classLimits([null])).toEqual([])
  expect(classOf(null, [])).toBe(noClass)
})

it('ranks places without data last, whichever way is better', () => {
  const values = [{ place: '1', place_name: '', value: null }, { place: '2', place_name: '', value: 5 }, { place: '3', place_name: '', value: 8 }]
  expect(ranked(values, true).map(({ place }) => place)).toEqual(['3', '2', '1'])
  expect(ranked(values, false).map(({ place }) => place)).toEqual(['2', '3', '1'])
})

it('offers periods across the turn of a year', () => {
  expect(periods(new Date(2026, 0, 15))).toEqual(['2026-01', '2025-12', '2025-11', '2026-Q1', '2026', '2025'])
})

it('takes the target that is judged by, else the last', () => {
  const target = (year: number, current: boolean): Target => ({ year, due: null, comparator: 'at_least', value: 1, upper: null, qualifier: '', printed: '1', current })
  expect(targetOf({ targets: [target(2022, true), target(2025, false)] })?.year).toBe(2022)
  expect(targetOf({ targets: [target(2022, false), target(2025, false)] })?.year).toBe(2025)
  expect(targetOf({ targets: [] })).toBeUndefined()
})

it('says what each class holds', () => {
  expect(classRanges([1, 2, 4, 7, null], [1, 4])).toEqual([[1, 2], [4, 7]])
  expect(classRanges([null], [])).toEqual([])
})

it('counts every status', () => {
  expect(countByStatus([{ status: 'met' }, { status: 'no_data' }, { status: 'met' }])).toEqual({ met: 2, on_track: 0, behind: 0, no_data: 1 })
})

it('puts rows of two plans side by side by what they compute', () => {
  const row = (key: string, expression: string, value: number | null): Indicator => ({ key, number: key, name: key, unit: '%', expression, value }) as Indicator
  const pairs = paired([row('a.1', 'x', 5), row('a.2', '', 1)], [row('b.1', '', 2), row('b.7', 'x', 3)])
  expect(pairs.map(({ id, difference }) => [id, difference])).toEqual([['a.1', 2], ['a.2', null], ['b.1', null]])
  expect(paired([row('a.1', '', 5)], [row('a.1', '', null)]).map(({ difference }) => difference)).toEqual([null])
})

it('knows what moved since the end of last week', () => {
  expect(changeOf({ value: 6, last_week: 4 })).toBe(2)
  expect(changeOf({ value: 6, last_week: null })).toBeNull()
  expect(changeOf({ value: null, last_week: 4 })).toBeNull()
})

it('offers the periods of an indicator, the running one first', () => {
  const day = new Date(2025, 1, 14)
  expect(reportingPeriods('year', day, 2)).toEqual(['2025', '2024'])
  expect(reportingPeriods('half_year', day, 3)).toEqual(['2025-H1', '2024-H2', '2024-H1'])
  expect(reportingPeriods('quarter', day, 2)).toEqual(['2025-Q1', '2024-Q4'])
  expect(reportingPeriods('month', day, 3)).toEqual(['2025-02', '2025-01', '2024-12'])
})

it('puts red before amber before green', () => {
  expect(worstFirst([{ light: 'none' }, { light: 'green' }, { light: 'red' }, { light: 'amber' }]).map(({ light }) => light)).toEqual(['red', 'amber', 'green', 'none'])
})
