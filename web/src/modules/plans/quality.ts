// Data quality: what is incomplete or wrong in the records of places, and reported values that differ
// from them. The wire's names.
import { get, type Page } from '../../core/http.ts'
import type { Text } from '../../core/i18n.ts'

import type { Report } from './api.ts'

export interface QualitySummary {
  place: string
  place_name: string
  // A share of one.
  completeness: number | null
  timeliness: { asked: number; in_time: number; late: number; overdue: number }
}

export interface Check {
  key: string
  name: Text
  severity: 'error' | 'warning' | 'notice'
  remedy: Text
  of: number | null
  wrong: number | null
}

export type Quality = QualitySummary & { checks: Check[] }
export type QualityAtPlace = QualitySummary & { wrong: Record<string, number | null> }

export interface Conflict {
  indicator: string
  name: Text
  place: string
  place_name: string
  computed: number
  report: Report
}

export const getQuality = (place: string, signal?: AbortSignal): Promise<Quality> => get('/quality', { place }, signal)
export const getQualityByPlace = (parent: string, signal?: AbortSignal): Promise<Page<QualityAtPlace>> => get('/quality/places', { parent }, signal)
export const getConflicts = (plan: string, place: string, signal?: AbortSignal): Promise<Page<Conflict>> => get(`/plans/${plan}/conflicts`, { place }, signal)
