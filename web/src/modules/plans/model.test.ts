import { expect, it } from 'vitest'

import type { Target } from './api.ts'
import { classLimits, classOf, classRanges, countByStatus, draw, labelled, noClass, periods, ranked, targetOf, type Shape } from './model.ts'

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

it('draws north up and east right, in the box', () => {
  const square = (west: number, south: number): number[][][] => [[[west, south], [west + 1, south], [west + 1, south + 1], [west, south + 1]]]
  const drawing = draw({
    type: 'FeatureCollection',
    features: [
      { type: 'Feature', properties: { code: 'sw', name: 'south-west', synthetic: false }, geometry: { type: 'Polygon', coordinates: square(106, 35) } },
      { type: 'Feature', properties: { code: 'ne', name: 'north-east', synthetic: true }, geometry: { type: 'MultiPolygon', coordinates: [square(107, 36)] } },
    ],
  })
  const [southWest, northEast] = drawing.shapes
  expect(southWest?.centre[0]).toBeLessThan(northEast?.centre[0] ?? 0)
  expect(southWest?.centre[1]).toBeGreaterThan(northEast?.centre[1] ?? 0)
  expect(drawing.height).toBeGreaterThan(drawing.width)
  expect(drawing.synthetic).toBe(true)
  for (const { centre } of drawing.shapes) {
    expect(centre[0]).toBeLessThan(drawing.width)
    expect(centre[1]).toBeLessThan(drawing.height)
  }
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

it('names the shapes whose names fit and do not meet', () => {
  const shape = (code: string, name: string, x: number, width: number): Shape => ({ code, name, path: '', centre: [x, 50], width, height: 40 })
  const shapes = [shape('wide', '东关街道', 100, 120), shape('narrow', '崆峒山大景区', 400, 30), shape('near', '中街', 130, 60), shape('far', '柳湖镇', 700, 80)]
  expect(labelled(shapes, 14)).toEqual(new Set(['wide', 'far']))
  expect(labelled(shapes, 60)).toEqual(new Set())
})

it('counts every status', () => {
  expect(countByStatus([{ status: 'met' }, { status: 'no_data' }, { status: 'met' }])).toEqual({ met: 2, on_track: 0, behind: 0, no_data: 1 })
})
