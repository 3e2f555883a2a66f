import { expect, it } from 'vitest'

import type { Division } from './api.ts'
import { blocksOf, estimated, isInRange, isProven, layersOf, notPlaced, preview, sizeOf, tonesOf, whyNotApply, whyNotDiscard, whyNotUndo } from './model.ts'

const rule = { standard: null, least: 300, most: 500, by_groups: false }
const square = (west: number): object => ({ type: 'MultiPolygon', coordinates: [[[[west, 0], [west + 1, 0], [west + 1, 1], [west, 1], [west, 0]]]] })
const grid = (number: number, households: number, west: number): Division['grids'][number] => ({ number, code: null, name: `第${number}网格`, households, residents: 0, houses: 1, before: 0, outline: square(west) as never })
const house = (id: string, of: number, households: number, more: Partial<Division['houses'][number]> = {}): Division['houses'][number] => ({
  id, kind: 'building', name: id, point: { lon: 0.5, lat: 0.5 }, estimate: false, households, residents: households * 2, block: id, grid: of, recorded: of, ...more,
})
const division = (more: Partial<Division> = {}): Division => ({
  draft: 'd', version: 1, state: 'draft', rule, author: '', created_at: null, updated_at: null, done: 0, total: 0, code: null, place: { code: '620802001001', name: '东关', urban: true }, by_streets: false, standards: [],
  grids: [grid(1, 420, 0), grid(2, 280, 1)],
  houses: [house('h1', 1, 200, { block: 'estate' }), house('h2', 1, 220, { block: 'estate', recorded: 2 }), house('h3', 2, 270), house('h4', 2, 10, { kind: 'not_placed', estimate: true })],
  blocks: [{ id: 'estate', kind: 'housing_estate', name: '东苑' }],
  faults: [{ kind: 'too_few', grid: 2, block: null, households: 280 }],
  change: { households: 700, moved: 220, first: 0, residents_moved: 440, residents_first: 0, opened: [], closed: [] },
  members: [], without_group: [], steps: [], ...more,
})

it('puts the houses of an estate into one block', () => {
  expect(blocksOf(division())[0]).toEqual({ id: 'h1', kind: 'housing_estate', name: '东苑', grid: 1, households: 420, residents: 840, houses: 2, estimate: false, moved: true })
  expect(blocksOf(division()).map(({ name }) => name)).toEqual(['东苑', 'h3', 'h4'])
})

it('measures sizes by the rule', () => {
  expect([299, 300, 500, 501].map((count) => sizeOf(count, rule))).toEqual(['too_few', 'right', 'right', 'too_many'])
  expect(sizeOf(5, { ...rule, by_groups: true })).toBe('unmeasured')
  expect(sizeOf(5, { ...rule, most: null })).toBe('unmeasured')
})

it('says the counts before a move is made', () => {
  const estate = blocksOf(division()).slice(0, 1)
  expect([...preview(division(), estate, 2)]).toEqual([[1, 0], [2, 700]])
  expect([...preview(division(), estate, null)]).toEqual([[1, 0], [2, 280], [null, 420]])
  expect([...preview(division(), estate, 1)]).toEqual([[1, 420], [2, 280]])
})

it('tells sizes from what may never be', () => {
  expect([isProven(division()), isInRange(division())]).toEqual([true, false])
  expect(isProven(division({ faults: [{ kind: 'cut_apart', grid: 1, block: null, households: 3 }] }))).toBe(false)
  expect([notPlaced(division()), estimated(division())]).toEqual([10, 10])
})

it('gives neighbours different tones', () => {
  const made = tonesOf([grid(1, 1, 0), grid(2, 1, 1), grid(3, 1, 5)])
  expect([made.get(1), made.get(2), made.get(3)]).toEqual(['a', 'b', 'a'])
})

it('draws grids with their labels and marks what is chosen', () => {
  const [areas, points] = layersOf(division(), new Set(['estate']), ({ name, households }) => `${name} ${households}`)
  expect(areas?.data).toMatchObject({ features: [{ properties: { number: '1', label: '第1网格 420' } }, {}] })
  expect(points?.data).toMatchObject({ features: ['chosen', 'chosen', 'placed', 'estimate'].map((state) => ({ properties: { state } })) })
})

it('says why not', () => {
  expect(whyNotUndo(division())).toBe('grids.why.no_step')
  expect(whyNotApply(division(), false)).toBe('grids.why.no_right')
  expect(whyNotApply(division({ state: 'applied' }), true)).toBe('grids.why.ended')
  expect(whyNotApply(division({ state: 'stopped' }), true)).toBe('grids.why.ended')
  expect(whyNotDiscard(division({ state: 'stopped' }))).toBeNull()
  expect(whyNotDiscard(division({ state: 'applying' }))).toBe('grids.why.ended')
  expect(whyNotApply(division(), true)).toBeNull()
})
