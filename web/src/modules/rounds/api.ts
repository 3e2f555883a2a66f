import { get, post } from '../../core/http.ts'
import type { Point } from '../../map/drawing.ts'
import type { Computation } from '../computations/index.ts'

import type { Round } from './visits.ts'

export interface RoundQuestion {
  place: string
  name: string
  circle: string
  need: string
  group?: string
  // Percent: villages where a smaller share reaches the need are served.
  below?: number
  base: Point
  base_name?: string
  profile?: string
  vehicles: number
  // 0 Monday to 6 Sunday.
  weekdays: number[]
  weeks?: number
  visits?: number
  stay_minutes?: number
  start?: string
  most_hours?: number
}

export interface Halt {
  place: string
  place_name: string
  point: Point
  persons: number
  reached: number
}

export interface Tour {
  week: number
  weekday: number
  vehicle: number
  leaves: string
  returns: string
  travel_minutes: number
  visits: (Halt & { arrive: string; leave: string })[]
}

export interface RoundAnswer {
  has_map: boolean
  by_distance: boolean
  stopped: boolean
  stops: number
  persons: number
  travel_minutes: number
  widest_minutes: number
  tours: Tour[]
  left_out: Halt[]
}

export type RoundPlan = Computation<RoundQuestion, RoundAnswer>

export const askForRound = (question: RoundQuestion): Promise<RoundPlan> => post('/rounds/questions', question)
export const publishRound = (body: { computation: string; valid_from: string; valid_to?: string }): Promise<Round> => post('/rounds', body)

// A facility in service from which vehicles may leave.
export interface Base {
  id: string
  name: string
  kind: string
  place: string
  point: Point
}
export const getBases = async (place: string, q: string, signal?: AbortSignal): Promise<Base[]> => (await get<{ items: Base[] }>('/rounds/bases', { place, q: q || undefined }, signal)).items
export const withdrawRound = (id: string): Promise<unknown> => post(`/rounds/${id}/withdraw`)
