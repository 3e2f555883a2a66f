// Assessments of a plan: a score of the published weights, with what each row adds.
import { get, type Page } from '../../core/http.ts'
import type { Text } from '../../core/i18n.ts'

export interface Evaluation {
  key: string
  name: Text
  plan: string
  kind: 'yearly' | 'mid_term' | 'final' | 'special'
  on: string
  // Where the weights come from.
  description: Text
}

export interface AssessmentPart {
  indicator: string
  number: string
  name: Text
  unit: string
  weight: number
  value: number | null
  target: number | null
  // How far the target is reached, 0 to 1.
  degree: number | null
}

export interface PlaceScore {
  place: string
  place_name: string
  date: string
  // Of 100; null without any data.
  score: number | null
  weight_with_data: number
  weight: number
}

export interface Assessment extends PlaceScore {
  key: string
  parts: AssessmentPart[]
}

export const getEvaluations = (signal?: AbortSignal): Promise<Page<Evaluation>> => get('/evaluations', {}, signal)
// As of its own day, or of another one.
export const getAssessment = (key: string, place: string, date?: string, signal?: AbortSignal): Promise<Assessment> => get(`/evaluations/${encodeURIComponent(key)}`, { place, date }, signal)
// Of the places right below, in the order of their codes.
export const getScores = (key: string, parent: string, date?: string, signal?: AbortSignal): Promise<Page<PlaceScore>> => get(`/evaluations/${encodeURIComponent(key)}/places`, { parent, date }, signal)
