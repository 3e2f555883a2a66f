import { get, post } from '../../core/http.ts'
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
  more: boolean
  items: Reached[]
}

export const getReach = (from: Point, minutes: number, profile: string, signal?: AbortSignal): Promise<Reach> => get('/circles/reach', { ...from, minutes, profile }, signal)

export interface Isochrone {
  type: 'Feature'
  properties: { minutes: number; profile: string; estimate: boolean }
  geometry: { type: 'MultiPolygon'; coordinates: number[][][][] }
}

export const getIsochrone = (from: Point, minutes: number, profile: string, signal?: AbortSignal): Promise<Isochrone> => get('/circles/isochrone', { ...from, minutes, profile }, signal)

// One circle in one village, for one group. `minutes` is null where the plan sets no time, `complete`
// where it is not known where anybody lives.
export interface CircleRow {
  place: string
  minutes: number | null
  residents: number
  located: number
  estimated: number
  unconnected: number
  complete: number | null
  needs: Record<string, number>
}

export interface GroupSum {
  resident_group: string
  residents: number
  located: number
  estimated: number
  complete: number
}

// `tried` and `groups_tried` are there when something was tried.
export interface WhatIf {
  circle: string
  resident_group: string
  as_of: string
  has_map: boolean
  attribution?: string
  items: CircleRow[]
  tried?: CircleRow[]
  groups: GroupSum[]
  groups_tried?: GroupSum[]
}

export interface Trial {
  kind?: string
  add?: Point
  close?: Point
  path?: { from: Point; to: Point }
}

export const tryOut = (circle: string, body: { place: string; group?: string; trials: Trial[] }, signal?: AbortSignal): Promise<WhatIf> => post(`/circles/${circle}/what-if`, body, { signal })

export interface CircleFacility {
  id: string
  kind: string
  name: string
  place: string
  point: Point
}

// Those in service that a circle asks for.
export const getFacilities = (circle: string, place: string, signal?: AbortSignal): Promise<{ items: CircleFacility[] }> => get(`/circles/${circle}/facilities`, { place }, signal)
