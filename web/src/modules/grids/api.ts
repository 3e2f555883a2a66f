import { get, post, type Page } from '../../core/http.ts'
import type { Schema } from '../../core/schema.ts'

export type Division = Schema<'GridDivision'>
export type Draft = Schema<'GridDraft'>
export type Rule = Schema<'GridRule'>
export type RuleAsked = Schema<'GridRuleAsked'>
export type Grid = Schema<'DrawnGrid'>
export type House = Schema<'GridHouse'>
export type Fault = Schema<'GridFault'>
export type Standard = Schema<'GridStandard'>

export interface Step {
  version: number
  what: 'move' | 'join' | 'part' | 'draw' | 'rebalance' | 'rename'
  houses?: string[]
  to?: number
  grid?: number
  name?: string
}

export const getDivision = (place: string, signal?: AbortSignal): Promise<Division> => get(`/places/${place}/division`, {}, signal)
export const getDrafts = (place: string, after?: string, signal?: AbortSignal): Promise<Page<Draft>> => get('/grid-drafts', { place, after }, signal)
export const getDraft = (id: string, signal?: AbortSignal): Promise<Division> => get(`/grid-drafts/${id}`, {}, signal)
export const beginDraft = (place: string, body: { id: string; rule?: RuleAsked }): Promise<Division> => post(`/places/${place}/division/drafts`, body)
export const takeStep = (id: string, step: Step): Promise<Division> => post(`/grid-drafts/${id}/steps`, step)
export const undoStep = (id: string, version: number): Promise<Division> => post(`/grid-drafts/${id}/undo`, { version })
export const discardDraft = (id: string, version: number): Promise<void> => post(`/grid-drafts/${id}/discard`, { version })
export const applyDraft = (id: string, body: { version: number; reason: string; accept_sizes: boolean }): Promise<Division> => post(`/grid-drafts/${id}/apply`, body)

// All communities of a township, beside the requests.
export interface Drawing {
  id: string
  state: 'waiting' | 'running' | 'finished' | 'stopped' | 'refused' | 'failed'
  done: number
  answer: { items: { place: string; name: string; draft: string; grids: number; households: number; faults: number }[]; skipped: { place: string; name: string; code: string }[] } | null
}
export const drawTownship = (township: string, rule?: { least: number; most: number }): Promise<Drawing> => post(`/places/${township}/division/drawing`, { rule })
export const getDrawing = (id: string): Promise<Drawing> => get(`/computations/${id}`)
