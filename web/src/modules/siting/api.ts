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
  // A place that is full serves nobody more; unless said, where a capacity or the packs say for whom
  // the places are.
  count_room?: boolean
  capacity?: number
  existing_capacity?: number
  cost?: number
  budget?: number
  weighted?: boolean
  // Instead of those of the packs.
  weights?: { group: string; weight: number }[]
  most_candidates?: number
  beyond?: number
}

export interface Spot {
  source: 'facility' | 'premises' | 'home' | 'corner'
  id: string | null
  name: string
  // Of a facility.
  kind: string | null
  place: string
  place_name: string
  point: Point
  // By the straight line: no street is near.
  estimate: boolean
  cost?: number
  capacity?: number
}

export interface Site extends Spot {
  // The facility that moves here; null: a new one.
  replaces: Spot | null
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
  room?: Room
}

// For how many there is room.
export interface Room {
  before: number
  after: number
}

// A number that no plan sets: of the list in the packs, or the question's own.
export interface Assumption {
  list: 'siting_setting' | 'siting_weight'
  key: string
  value: number
  asked: boolean
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
  // null: room was not counted.
  room: Room | null
  // Facilities whose room nobody knows: they count as never full.
  capacity_unknown: number
  counts: { new: number; moved: number; closed: number; kept: number }
  sites: Site[]
  kept: Spot[]
  // They close, and no other opens instead.
  closed: Spot[]
  villages: VillageRow[]
  trials: { kind: string; add?: Point; close?: Point }[]
  assumptions: Assumption[]
}

export type Siting = Computation<SitingQuestion, SitingAnswer>

export const askForSites = (question: SitingQuestion): Promise<Siting> => post('/siting/questions', question)
