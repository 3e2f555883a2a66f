import { get } from '../../core/http.ts'
import type { Point } from '../../map/drawing.ts'

// A facility in service that can be reached. `open` is null where its opening times are not known.
export interface Reached {
  kind: string
  name: string
  pinyin?: string
  place: string
  address: string
  phone: string
  point: Point
  minutes: number
  estimate: boolean
  opening?: string | null
  open?: boolean | null
  // When that changes.
  until?: string | null
}

export interface Reach {
  has_map: boolean
  attribution?: string
  // Some of the streets are made up.
  synthetic?: boolean
  more: boolean
  items: Reached[]
}

export const getReach = (from: Point, minutes: number, profile: string, signal?: AbortSignal): Promise<Reach> => get('/circles/reach', { ...from, minutes, profile }, signal)

// Where a place's services are; null where it has none yet.
export const getMiddle = async (place: string, signal?: AbortSignal): Promise<Point | null> => (await get<{ point: Point | null }>('/circles/middle', { place }, signal)).point

export interface Isochrone {
  type: 'Feature'
  properties: { minutes: number; profile: string; estimate: boolean }
  geometry: { type: 'MultiPolygon'; coordinates: number[][][][] }
}

export const getIsochrone = (from: Point, minutes: number, profile: string, signal?: AbortSignal): Promise<Isochrone> => get('/circles/isochrone', { ...from, minutes, profile }, signal)
