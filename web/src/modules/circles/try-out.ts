// What planners ask: coverage before and after what they try, and the facilities that they may move.
import { get, post } from '../../core/http.ts'
import type { Point } from '../../map/drawing.ts'

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

// `tried` and `groups_tried` are there when something was tried. Asked for changes only, `items` is
// left out, and `tried` are the villages that differ.
export interface WhatIf {
  circle: string
  resident_group: string
  as_of: string
  has_map: boolean
  attribution?: string
  synthetic?: boolean
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

export const tryOut = (circle: string, body: { place: string; group?: string; trials: Trial[]; only_changes?: boolean }, signal?: AbortSignal): Promise<WhatIf> => post(`/circles/${circle}/what-if`, body, { signal })

export interface CircleFacility {
  id: string
  kind: string
  name: string
  place: string
  point: Point
}

// Those in service that a circle asks for.
export const getFacilities = (circle: string, place: string, signal?: AbortSignal): Promise<{ items: CircleFacility[] }> => get(`/circles/${circle}/facilities`, { place }, signal)
