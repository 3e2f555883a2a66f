// What residents read of timetables.
import { get } from '../../core/http.ts'
import type { Point } from '../../map/drawing.ts'

export interface Visit {
  place: string
  place_name: string
  point: Point
  week: number
  weekday: number
  vehicle: number
  arrive: string
  leave: string
}

export interface ComingVisit extends Visit {
  round: string
  name: string
  weeks: number
  day: string
}

export interface Round {
  id: string
  place: string
  name: string
  weeks: number
  valid_from: string
  valid_to: string | null
  published_at: string
  visits: Visit[]
}

export const getVisits = async (place: string, signal?: AbortSignal): Promise<ComingVisit[]> => (await get<{ items: ComingVisit[] }>('/rounds/visits', { place }, signal)).items
// Timetables in force under a place.
export const getRounds = async (place: string, signal?: AbortSignal): Promise<Round[]> => (await get<{ items: Round[] }>('/rounds', { place }, signal)).items
export const getRound = (id: string, signal?: AbortSignal): Promise<Round> => get(`/rounds/${id}`, {}, signal)

export interface TimetableDay {
  week: number
  weekday: number
  vehicle: number
  visits: Visit[]
}

// The visits of a timetable by week, day and vehicle, each in the order in which it comes.
export function daysOf(round: Pick<Round, 'visits'>): TimetableDay[] {
  const days = new Map<string, TimetableDay>()
  for (const visit of round.visits) {
    const key = `${visit.week} ${visit.weekday} ${visit.vehicle}`
    const { week, weekday, vehicle } = visit
    days.set(key, { week, weekday, vehicle, visits: [...(days.get(key)?.visits ?? []), visit] })
  }
  for (const { visits } of days.values()) visits.sort((a, b) => a.arrive.localeCompare(b.arrive))
  return [...days.values()].sort((a, b) => a.week - b.week || a.weekday - b.weekday || a.vehicle - b.vehicle)
}
