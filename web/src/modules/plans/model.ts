// What the planners' pages compute: classes of a map, periods, progress.
import type { Indicator, PlaceValue, Status, Target } from './api.ts'

export const noClass = -1

// At most five classes with equal numbers of places each; the limits are values that occur, so
// that a class says where it begins and ends. Values that are not known belong to none.
export function classLimits(values: (number | null)[], classes = 5): number[] {
  const known = values.filter((value): value is number => value !== null).sort((a, b) => a - b)
  const distinct = [...new Set(known)]
  if (distinct.length <= classes) return distinct
  const limits = Array.from({ length: classes }, (_, at) => known[Math.floor((at * known.length) / classes)] ?? 0)
  return [...new Set(limits)]
}

// The class of a value: the last limit that it reaches.
export function classOf(value: number | null, limits: number[]): number {
  if (value === null) return noClass
  let found = 0
  limits.forEach((limit, at) => {
    if (value >= limit) found = at
  })
  return limits.length === 0 ? noClass : found
}

// What each class holds: its smallest and largest value.
export function classRanges(values: (number | null)[], limits: number[]): [number, number][] {
  const known = values.filter((value): value is number => value !== null)
  return limits.map((_, at) => {
    const held = known.filter((value) => classOf(value, limits) === at)
    return [Math.min(...held), Math.max(...held)]
  })
}

// Best first when more is better; places without data always last.
export function ranked<T extends PlaceValue>(values: T[], higherIsBetter = true): T[] {
  const sign = higherIsBetter ? -1 : 1
  return [...values].sort((a, b) => {
    if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null)
    return sign * (a.value - b.value) || a.place.localeCompare(b.place)
  })
}

// The periods that a reader chooses from: this month and the two before, the quarter, the year.
export function periods(today: Date): string[] {
  const month = (back: number): string => {
    const day = new Date(today.getFullYear(), today.getMonth() - back, 1)
    return `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, '0')}`
  }
  const year = today.getFullYear()
  return [month(0), month(1), month(2), `${year}-Q${Math.floor(today.getMonth() / 3) + 1}`, String(year), String(year - 1)]
}

export type Every = Indicator['every']
const monthsIn: Record<Every, number> = { month: 1, quarter: 3, half_year: 6, year: 12 }

// The periods that a value may be asked for: the running one and those before it.
export function reportingPeriods(every: Every, today: Date, count = 6): string[] {
  const length = monthsIn[every]
  const running = Math.floor((today.getFullYear() * 12 + today.getMonth()) / length)
  return Array.from({ length: count }, (_, back) => {
    const first = (running - back) * length
    const year = Math.floor(first / 12)
    const part = (first % 12) / length + 1
    if (every === 'year') return String(year)
    return every === 'month' ? `${year}-${String(part).padStart(2, '0')}` : `${year}-${every === 'quarter' ? 'Q' : 'H'}${part}`
  })
}

// The target that counts: the one that the status is judged by, else the last.
export function targetOf(indicator: Pick<Indicator, 'targets'>): Target | undefined {
  return indicator.targets.find(({ current }) => current) ?? indicator.targets.at(-1)
}

export const toneOf = (status: Status | null | undefined): 'good' | 'info' | 'late' | 'none' =>
  status === 'met' ? 'good' : status === 'on_track' ? 'info' : status === 'behind' ? 'late' : 'none'

export function countByStatus(items: { status: Status | null }[]): Record<Status, number> {
  const counts: Record<Status, number> = { met: 0, on_track: 0, behind: 0, no_data: 0 }
  for (const { status } of items) counts[status ?? 'no_data'] += 1
  return counts
}

const lights = ['red', 'amber', 'green', 'none']
export const worstFirst = <T extends { light: string }>(rows: T[]): T[] => [...rows].sort((a, b) => lights.indexOf(a.light) - lights.indexOf(b.light))

// What the value has moved since the end of last week; null where that is not known.
export const changeOf = ({ value, last_week }: { value: number | null; last_week: number | null }): number | null => (value === null || last_week === null ? null : value - last_week)

// A plan's targets as points of a chart: at their due day, else at the end of their year.
export const aims = (indicator: Pick<Indicator, 'targets'>): { period: string; value: number; printed: string }[] =>
  indicator.targets.map(({ year, due, value, printed }) => ({ period: due ? due.slice(0, 7) : String(year), value, printed }))

export interface Pair {
  id: string
  number: string
  name: Indicator['name']
  unit: string
  one: Indicator | null
  two: Indicator | null
  // Of the first to the second; null unless both are known.
  difference: number | null
}

// Rows of two plans (or of one plan twice) side by side: the same key, else the same computation.
export function paired(one: Indicator[], two: Indicator[]): Pair[] {
  const left = [...two]
  const take = (row: Indicator): Indicator | null => {
    const at = left.findIndex(({ key, expression }) => key === row.key || (expression !== '' && expression === row.expression))
    return at < 0 ? null : (left.splice(at, 1)[0] ?? null)
  }
  const rows = one.map((row) => ({ row, other: take(row) }))
  const pair = (shown: Indicator, first: Indicator | null, second: Indicator | null): Pair => ({
    id: shown.key, number: shown.number, name: shown.name, unit: shown.unit, one: first, two: second,
    difference: first && second && first.value !== null && second.value !== null ? first.value - second.value : null,
  })
  return [...rows.map(({ row, other }) => pair(row, row, other)), ...left.map((row) => pair(row, null, row))]
}
