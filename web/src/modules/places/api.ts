import { get, patch, post, type Page } from '../../core/http.ts'
import type { Schema } from '../../core/schema.ts'

export type Place = Schema<'Place'>
export type PlaceSummary = Schema<'PlaceSummary'>
export type FoundPlace = Schema<'PlaceHit'>
export type PlaceEvent = Schema<'PlaceHistoryItem'>

// "-" is the nation.
export const getPlace = (code: string, signal?: AbortSignal): Promise<Place> => get<Place>(`/places/${code}`, {}, signal)
export const getChildren = (code: string, after?: string, signal?: AbortSignal): Promise<Page<PlaceSummary>> => get(`/places/${code}/children`, { limit: 100, after }, signal)
export const searchPlaces = (q: string, under: string, signal?: AbortSignal): Promise<{ items: FoundPlace[] }> => get('/places/search', { q, under: under === '-' ? '' : under, limit: 20 }, signal)
export const getHistory = (code: string, signal?: AbortSignal): Promise<{ items: PlaceEvent[] }> => get(`/places/${code}/history`, {}, signal)

export const addGrid = (village: string, body: { name: string; micro?: boolean }, key: string): Promise<Place> => post<Place>(`/places/${village}/grids`, body, { key })
export const changePlace = (code: string, body: { name?: string; community_types?: string[]; urban?: boolean | null; version?: number }): Promise<Place> => patch<Place>(`/places/${code}`, body)
export const closePlace = (code: string, body: { on: string; reason: string; merged_into?: string[] }, key: string): Promise<void> => post(`/places/${code}/close`, body, { key })
