// What a page says of a division: pure, so that it can be tested without a page.
import type { MapLayer } from '../../map/layers.ts'

import type { Division, Fault, Grid, Rule } from './api.ts'

// Houses that move together: one house, or all of an estate or villagers' group.
export interface Block {
  id: string
  kind: string
  name: string
  grid: number | null
  households: number
  residents: number
  houses: number
  // It lies only about there, or nowhere.
  estimate: boolean
  // Its households are recorded in another grid now.
  moved: boolean
}

export function blocksOf(division: Division): Block[] {
  const named = new Map(division.blocks.map((block) => [block.id, block]))
  const blocks = new Map<string, Block>()
  for (const house of division.houses) {
    const group = named.get(house.block)
    const block = blocks.get(house.block) ?? {
      id: house.id, kind: group?.kind ?? house.kind, name: group?.name ?? house.name, grid: house.grid ?? null, households: 0, residents: 0, houses: 0, estimate: true, moved: false,
    }
    block.households += house.households
    block.residents += house.residents
    block.houses += 1
    block.estimate &&= house.estimate
    block.moved ||= house.grid !== house.recorded && house.households > 0
    blocks.set(house.block, block)
  }
  return [...blocks.values()].sort((a, b) => b.households - a.households || a.name.localeCompare(b.name, 'zh'))
}

export type Size = 'right' | 'too_few' | 'too_many' | 'unmeasured'

export function sizeOf(households: number, rule: Rule): Size {
  if (rule.by_groups || rule.most === null) return 'unmeasured'
  if (households < (rule.least ?? 0)) return 'too_few'
  return households > rule.most ? 'too_many' : 'right'
}

// Households of each grid if these blocks went to another one: what is shown before it is done.
export function preview(division: Division, blocks: Block[], to: number | null): Map<number | null, number> {
  const counts = new Map<number | null, number>(division.grids.map((grid) => [grid.number, grid.households]))
  for (const block of blocks) {
    if (block.grid === to) continue
    counts.set(block.grid, (counts.get(block.grid) ?? 0) - block.households)
    counts.set(to, (counts.get(to) ?? 0) + block.households)
  }
  return counts
}

export const faultsOf = (division: Division, grid: number): Fault[] => division.faults.filter((fault) => fault.grid === grid)
// No household without a grid, no grid or group cut: what must hold before a division is put into force.
export const isProven = (division: Division): boolean => division.faults.every(({ kind }) => kind === 'too_few' || kind === 'too_many')
export const isInRange = (division: Division): boolean => !division.faults.some(({ kind }) => kind === 'too_few' || kind === 'too_many')
// Those of which only a rule says where they lie.
export const notPlaced = (division: Division): number => division.houses.filter(({ kind }) => kind === 'not_placed').reduce((sum, { households }) => sum + households, 0)
export const estimated = (division: Division): number => division.houses.filter(({ estimate }) => estimate).reduce((sum, { households }) => sum + households, 0)

export const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0)

function cornersOf(grid: Grid): Set<string> {
  const corners = new Set<string>()
  const visit = (at: unknown): void => {
    if (!Array.isArray(at)) return
    const [lon, lat] = at as unknown[]
    if (typeof lon === 'number' && typeof lat === 'number') corners.add(`${lon.toFixed(6)},${lat.toFixed(6)}`)
    else at.forEach(visit)
  }
  visit((grid.outline as { coordinates?: unknown } | null)?.coordinates)
  return corners
}

// Neighbours differ in colour and hatching.
export const tones: Record<string, string> = { a: '#cfe3f5', b: '#f6e2bd', c: '#d7ecd2', d: '#eed6e6', e: '#e2e0d8', f: '#cdebe8' }

export function tonesOf(grids: Grid[]): Map<number, string> {
  const corners = new Map(grids.map((grid) => [grid.number, cornersOf(grid)]))
  const given = new Map<number, string>()
  for (const grid of grids) {
    const own = corners.get(grid.number) ?? new Set()
    const near = grids.filter((other) => other !== grid && [...(corners.get(other.number) ?? [])].some((corner) => own.has(corner)))
    const taken = new Set(near.map(({ number }) => given.get(number)))
    const words = Object.keys(tones)
    given.set(grid.number, words.find((word) => !taken.has(word)) ?? words[given.size % words.length] ?? 'a')
  }
  return given
}

// The division as layers: areas with name and count, above them the houses; those that are chosen
// stand out. `label` writes a grid's name and households.
export function layersOf(division: Division, chosen: ReadonlySet<string>, label: (grid: Grid) => string): MapLayer[] {
  const tone = tonesOf(division.grids)
  return [
    {
      id: 'grids', shape: 'areas', colour: { by: 'tone', tones }, key: 'number', label: 'label',
      data: {
        type: 'FeatureCollection',
        features: division.grids.filter(({ outline }) => outline).map((grid) => ({
          type: 'Feature', geometry: grid.outline as never, properties: { number: String(grid.number), tone: tone.get(grid.number) ?? 'a', label: label(grid) },
        })),
      },
    },
    {
      id: 'houses', shape: 'points', colour: { by: 'state', tones: { chosen: 'late', estimate: 'surface', placed: 'accent' } }, key: 'id',
      data: {
        type: 'FeatureCollection',
        features: division.houses.map((house) => ({
          type: 'Feature', geometry: { type: 'Point', coordinates: [house.point.lon, house.point.lat] },
          properties: { id: house.id, state: chosen.has(house.block) ? 'chosen' : house.estimate ? 'estimate' : 'placed' },
        })),
      },
    },
  ]
}

// Why something may not be done now: a text's key, or nothing.
export function whyNotStep(division: Division): string | null {
  return division.state === 'draft' ? null : 'grids.why.ended'
}
// Also one that was stopped on its way can be given up.
export function whyNotDiscard(division: Division): string | null {
  return division.state === 'stopped' ? null : whyNotStep(division)
}
export function whyNotUndo(division: Division): string | null {
  return whyNotStep(division) ?? (division.steps.length > 0 ? null : 'grids.why.no_step')
}
export function whyNotApply(division: Division, allowed: boolean): string | null {
  if (!allowed) return 'grids.why.no_right'
  return whyNotStep(division) ?? (isProven(division) ? null : 'grids.why.not_proven')
}
