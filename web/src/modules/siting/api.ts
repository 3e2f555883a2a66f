import { post } from '../../core/http.ts'
import type { Point } from '../../map/drawing.ts'
import type { Computation } from '../computations/index.ts'

export type Goal = 'most_people' | 'least_walk' | 'fewest_sites'

export interface SitingQuestion {
  place: string
  circle: string
  need: string
  kind?: string
  group?: string
  goal: Goal
  new_sites?: number
  // Percent.
  share?: number
  minutes_urban?: number
  minutes_rural?: number
  existing_may_move?: boolean
  candidates?: 'premises' | 'homes' | 'corners'
  capacity?: number
  cost?: number
  budget?: number
  weighted?: boolean
}

export interface Spot {
  source: 'facility' | 'premises' | 'home' | 'corner'
  id: string | null
  name: string
  place: string
  place_name: string
  point: Point
  // By the straight line: no street is near.
  estimate: boolean
  cost?: number
  capacity?: number
}

export interface Site extends Spot {
  persons: number
  newly_reached: number
  mean_minutes: number
  lost_without: number
  instead?: Spot & { worse: number }
}

export interface Coverage {
  reached: number
  mean_minutes: number | null
}

export interface VillageRow {
  place: string
  place_name: string
  // null: the plan sets no time for such places.
  minutes: number | null
  persons: number
  located: number
  // Of those located, whose place has a time.
  asked: number
  before: number
  after: number
}

export interface SitingAnswer {
  goal: Goal
  kind: string
  group: string
  value: number
  bound: number
  gap: number
  stopped: boolean
  has_map: boolean
  attribution: string | null
  by_distance: boolean
  candidates: number
  candidates_found: number
  persons: number
  before: Coverage
  after: Coverage
  served: number | null
  sites: Site[]
  kept: Spot[]
  given_up: Spot[]
  villages: VillageRow[]
  trials: { kind: string; add?: Point; close?: Point }[]
}

export type Siting = Computation<SitingQuestion, SitingAnswer>

export const askForSites = (question: SitingQuestion): Promise<Siting> => post('/siting/questions', question)
