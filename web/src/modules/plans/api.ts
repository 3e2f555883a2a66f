import { get, type Page } from '../../core/http.ts'
import type { Text } from '../../core/i18n.ts'
import type { Schema } from '../../core/schema.ts'

export type Status = 'met' | 'on_track' | 'behind' | 'no_data'

export interface Rate {
  // The key of the figure that it is, to ask for its records.
  measure: string
  value: number | null
  numerator: number | null
  denominator: number | null
  definition: Text
}

// The loop's own figures at a place in a period. Unrated answers are counted apart.
export interface ServiceFigures {
  response_rate: Rate
  resolution_rate: Rate
  satisfaction_rate: Rate & { rated: number | null; unrated: number | null }
  overdue: Rate
  opened: Rate
  closed: Rate
  by_subject: Breakdown[]
  by_kind: Breakdown[]
  by_unit: Breakdown[]
}

export interface Breakdown {
  key: string
  name: Text
  opened: number | null
  response_rate: number | null
  resolution_rate: number | null
  satisfaction_rate: number | null
  overdue: number | null
}

export interface Plan {
  key: string
  name: Text
  document: string
  years: [number, number]
  indicators: number
}

export interface Target {
  year: number
  due: string | null
  comparator: string
  value: number
  upper: number | null
  // Empty when the plan has none.
  qualifier: string
  printed: string
  // The target that the status is judged by.
  current: boolean
}

export interface Baseline {
  year: number
  value: number | null
  printed: string
  note: Text
}

export interface Part {
  name: Text
  value: number | null
}

export interface Report {
  // The indicator's own: a year, a quarter, a month.
  period: string
  value: number
  source: string
  actor_name: string
  at: string
}

export interface Indicator {
  key: string
  number: string
  name: Text
  unit: string
  main: boolean
  binding: boolean | null
  better: 'higher' | 'lower'
  value_source: 'computed' | 'partly_delivered' | 'reported' | 'rule'
  // How often it is reported where it is not computed.
  every: 'month' | 'quarter' | 'half_year' | 'year'
  value: number | null
  numerator: Part
  denominator: Part
  report: Report | null
  baseline: Baseline[]
  targets: Target[]
  // None without a target.
  status: Status | null
  // Where it should be today.
  expected: number | null
  progress: number | null
  goal: Goal | null
  definition: Text
  note: Text
  // Empty for an indicator that is only reported.
  expression: string
  // Where each plan prints it.
  source: Record<string, string>
}

export interface PlaceValue {
  place: string
  place_name: string
  value: number | null
  status?: Status | null
}

export interface TrendPoint {
  // A year, a month, or "now".
  period: string
  value: number
  baseline: boolean
}

export type FigurePart = 'numerator' | 'denominator' | undefined

// A list behind a figure: `count` is what the figure counts or sums over it.
export interface FigureRecords {
  subject: 'register' | 'case' | 'place'
  kind: string
  where: string
  // The API's own list with that filter.
  link: string
  count: number | null
}

// A figure as a layer of the map; the theme is the plan or circle that it is of.
export interface FigureLayer {
  id: string
  title: Text
  theme: Text
  unit: string
}
// What it is at one of the places right below a place.
export type FigureAtPlace = Schema<'FigureAtPlace'>

export const getFigureLayers = (signal?: AbortSignal): Promise<{ items: FigureLayer[] }> => get('/tiles', { kinds: 'figures' }, signal)
export const getFigurePlaces = (layer: string, parent: string, signal?: AbortSignal): Promise<Page<FigureAtPlace>> => get(`/tiles/${layer}/places`, { parent }, signal)
export const getPlans = (signal?: AbortSignal): Promise<Page<Plan>> => get('/plans', {}, signal)
export const getIndicators = (plan: string, place: string, signal?: AbortSignal): Promise<{ plan: string; place: string; items: Indicator[] }> => get(`/plans/${plan}/indicators`, { place }, signal)
export const getPlaceValues = (plan: string, key: string, parent: string, signal?: AbortSignal): Promise<{ items: PlaceValue[] }> => get(`/plans/${plan}/indicators/${key}/places`, { parent }, signal)
export const getTrend = (plan: string, key: string, place: string, signal?: AbortSignal): Promise<{ items: TrendPoint[] }> => get(`/plans/${plan}/indicators/${key}/trend`, { place }, signal)
export const getServiceFigures = (place: string, period: string, signal?: AbortSignal): Promise<ServiceFigures> => get('/service-figures', { place, period }, signal)
// As the territory is today, or as it was at the end of the period.
export type Territory = 'as_is' | 'as_was'
export const getMeasureByPlace = (key: string, parent: string, period: string, territory: Territory, signal?: AbortSignal): Promise<{ items: PlaceValue[] }> =>
  get('/measures/values', { keys: key, children_of: parent, period, territory }, signal)
export const getFigureRecords = (key: string, place: string, part: FigurePart, period: string, signal?: AbortSignal): Promise<Page<FigureRecords>> =>
  get(`/figures/${key}/records`, { place, part, period }, signal)

// What a place is to reach, by when, from where; handed down to it, or the plan's own.
export interface Goal {
  comparator: string
  value: number
  upper: number | null
  printed: string
  due: string
  handed_by: string | null
  start: { value: number; day: string } | null
}

export type Light = 'none' | 'green' | 'amber' | 'red'

// Where an indicator comes from and where it is going.
export interface Outlook {
  key: string
  name: Text
  unit: string
  value: number | null
  // At the end of last week.
  last_week: number | null
  expected: number | null
  goal: Goal | null
  status: Status | null
  light: Light
  reasons: string[]
  trend: TrendPoint[]
  pace: { period: string; value: number }[]
  forecast: Forecast | null
}

export interface Interval {
  value: number
  low: number
  high: number
}

export interface Forecast {
  method: 'last_value' | 'drift' | 'damped_trend' | 'seasonal_damped_trend'
  error: number
  level: number
  // Months, or the periods in which the indicator is reported.
  months: (Interval & { period: string })[]
  // How it would have done on the latest part of the history.
  held_back: { steps: number; inside: number; scaled_error: number; scaled_error_of_last_value: number } | null
  at_due: Interval | null
}

export interface WhyChild {
  place: string
  place_name: string
  value: number | null
  numerator: number | null
  denominator: number | null
  status: Status | null
  weight: number | null
  // How far it pulls the whole from what it would be without it.
  pull: number | null
  // What it lacks to be as good as the target.
  lack: number | null
  share: number | null
  // The interval at 95 % of a share of counted things, and the best and worst rank that it can have;
  // no rank where too few were counted.
  low: number | null
  high: number | null
  best: number | null
  worst: number | null
}

export interface Why {
  place: string
  indicator: Indicator
  lack: number | null
  children: WhyChild[]
  // The fewest places that, brought up to the target, carry the whole over it.
  carriers: { place: string; place_name: string; effort: number; together: number; enough: boolean }[]
  rest: { numerator: number; denominator: number } | null
}

export const getOutlooks = (plan: string, place: string, indicator?: string, signal?: AbortSignal): Promise<Page<Outlook>> => get(`/plans/${plan}/outlook`, { place, indicator }, signal)
export const getWhy = (plan: string, key: string, place: string, signal?: AbortSignal): Promise<Why> => get(`/plans/${plan}/indicators/${key}/why`, { place }, signal)
