// What a place's code says by itself: its level is its length.
import type { Place } from './api.ts'

export const levels = ['nation', 'province', 'city', 'county', 'township', 'village', 'grid', 'micro_grid'] as const
export type Level = (typeof levels)[number]

const lengths: Record<number, Level> = { 2: 'province', 4: 'city', 6: 'county', 9: 'township', 12: 'village', 15: 'grid', 17: 'micro_grid' }

export function levelOf(code: string): Level {
  return lengths[code.length] ?? 'nation'
}

export const atLeast = (code: string, level: Level): boolean => levels.indexOf(levelOf(code)) >= levels.indexOf(level)

export type WhyNot = string | null

// Grids stand in villages, micro-grids in grids; nothing grows in a place that has ended.
export function whyNotAddGrid(place: Pick<Place, 'code' | 'status'>, may: boolean): WhyNot {
  if (!may) return 'places.why.no_right'
  if (place.status !== 'active') return 'places.why.ended'
  const level = levelOf(place.code)
  return level === 'village' || level === 'grid' ? null : 'places.why.only_villages'
}

export function whyNotChange(place: Pick<Place, 'status'>, may: boolean): WhyNot {
  if (!may) return 'places.why.no_right'
  return place.status === 'active' ? null : 'places.why.ended'
}
