// A figure at all places below, month by month: asked only when somebody moves the slider.
import { getMeasureByPlace, getTrend, type PlaceValue, type TrendPoint } from './api.ts'
import { monthOf, periodOf } from './chart.ts'

export interface Frame {
  period: string
  values: PlaceValue[]
}

const months_back = 12

// The last months before `today`, oldest first.
export function monthsBefore(today: string, count = months_back): string[] {
  const now = monthOf(today.slice(0, 7), today)
  return Array.from({ length: count }, (_, at) => periodOf(now - count + 1 + at))
}

export async function measureFrames(key: string, parent: string, today: string, signal?: AbortSignal): Promise<Frame[]> {
  return Promise.all(monthsBefore(today).map(async (period) => ({ period, values: (await getMeasureByPlace(key, parent, period, 'as_is', signal)).items })))
}

// What counts in a month: its own value, else what was last reported for a period that is over by
// then; now, what was reported last of all.
export function valueIn(points: TrendPoint[], period: string, today: string): number | null {
  const exact = points.find((point) => point.period === period)
  if (exact) return exact.value
  const reported = points.filter((point) => !point.baseline && point.period !== 'now' && !/^\d{4}-\d\d$/.test(point.period))
  return reported.filter((point) => period === 'now' || monthOf(point.period, today) <= monthOf(period, today)).at(-1)?.value ?? null
}

// An indicator's months are kept at each place: one question a place.
export async function indicatorFrames(plan: string, key: string, now: PlaceValue[], today: string, signal?: AbortSignal): Promise<Frame[]> {
  const trends = await Promise.all(now.map(async (place) => ({ place, points: (await getTrend(plan, key, place.place, signal)).items })))
  return [...monthsBefore(today).slice(0, -1), 'now'].map((period) => ({
    period,
    values: trends.map(({ place, points }) => ({ place: place.place, place_name: place.place_name, value: valueIn(points, period, today) })),
  }))
}
