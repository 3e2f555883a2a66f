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

export const getVisits = async (place: string, signal?: AbortSignal): Promise<ComingVisit[]> => (await get<{ items: ComingVisit[] }>('/rounds/visits', { place }, signal)).items
