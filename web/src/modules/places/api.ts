import { get, patch, post, type Page } from '../../core/http.ts'

export interface PlaceStep {
  code: string
  name: string
  level?: string
}

export interface Place extends PlaceStep {
  parent: string | null
  urban: boolean | null
  // Known from the national code of the place only.
  urban_guessed?: boolean
  community_types: string[]
  status: 'active' | 'closed' | 'merged' | 'split'
  valid_from: string | null
  valid_to: string | null
  version?: number
  children_count: number
  ancestors?: PlaceStep[]
}

export interface FoundPlace extends PlaceStep {
  path: string
}

export interface PlaceEvent {
  at: string
  what: string
  actor: string
  detail: Record<string, unknown> | null
}

// "-" is the nation.
export const getPlace = (code: string, signal?: AbortSignal): Promise<Place> => get<Place>(`/places/${code}`, {}, signal)
export const getChildren = (code: string, after?: string, signal?: AbortSignal): Promise<Page<Place>> => get<Page<Place>>(`/places/${code}/children`, { limit: 100, after }, signal)
export const searchPlaces = (q: string, under: string, signal?: AbortSignal): Promise<{ items: FoundPlace[] }> => get('/places/search', { q, under: under === '-' ? '' : under, limit: 20 }, signal)
export const getHistory = (code: string, signal?: AbortSignal): Promise<{ items: PlaceEvent[] }> => get(`/places/${code}/history`, {}, signal)

export const addGrid = (village: string, body: { name: string; micro?: boolean }, key: string): Promise<Place> => post<Place>(`/places/${village}/grids`, body, { key })
export const changePlace = (code: string, body: { name?: string; community_types?: string[]; urban?: boolean | null; version?: number }): Promise<Place> => patch<Place>(`/places/${code}`, body)
export const closePlace = (code: string, body: { on: string; reason: string; merged_into?: string[] }, key: string): Promise<void> => post(`/places/${code}/close`, body, { key })
