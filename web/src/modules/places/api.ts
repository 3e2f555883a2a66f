import { get, patch, post, type Page } from '../../core/http.ts'
import type { Schema } from '../../core/schema.ts'
import type { Outline } from '../../map/drawing.ts'

export type Place = Schema<'Place'>
export type PlaceSummary = Schema<'PlaceSummary'>
export type FoundPlace = Schema<'PlaceHit'>
export type PlaceEvent = Schema<'PlaceHistoryItem'>

// "-" is the nation.
export const getPlace = (code: string, signal?: AbortSignal): Promise<Place> => get<Place>(`/places/${code}`, {}, signal)
// The places right below a place, as shapes.
export const getOutline = (code: string, signal?: AbortSignal): Promise<Outline> => get(`/places/${code}/outline`, {}, signal)
// The village of a point, by the outlines that are known.
export const getPlaceAt = (point: { lon: number; lat: number }): Promise<Place> => get<Place>('/places/at', point)
export const getChildren = (code: string, after?: string, signal?: AbortSignal): Promise<Page<PlaceSummary>> => get(`/places/${code}/children`, { limit: 100, after }, signal)
export const searchPlaces = (q: string, under: string, signal?: AbortSignal): Promise<{ items: FoundPlace[] }> => get('/places/search', { q, under: under === '-' ? '' : under, limit: 20 }, signal)
export const getHistory = (code: string, signal?: AbortSignal): Promise<{ items: PlaceEvent[] }> => get(`/places/${code}/history`, {}, signal)

export const addGrid = (village: string, body: { name: string; micro?: boolean }, key: string): Promise<Place> => post<Place>(`/places/${village}/grids`, body, { key })
export const changePlace = (code: string, body: { name?: string; community_types?: string[]; urban?: boolean | null; version?: number }): Promise<Place> => patch<Place>(`/places/${code}`, body)
export const splitPlace = (code: string, body: { on: string; reason: string; into: string[] }, key: string): Promise<void> => post(`/places/${code}/split`, body, { key })
export const closePlace = (code: string, body: { on: string; reason: string; merged_into?: string[] }, key: string): Promise<void> => post(`/places/${code}/close`, body, { key })
