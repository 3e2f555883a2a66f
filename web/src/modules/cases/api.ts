import { get, post, url, type Page } from '../../core/http.ts'
import type { Choice } from '../../core/content.ts'
import type { Text } from '../../core/i18n.ts'

export interface Stage {
  key: string
  name: Text
  resident_name?: Text
}

export interface CaseKind {
  key: string
  name: Text
  form: { name: string; label: Text; type: string; required: boolean; list?: string }[]
  subjects: Choice[]
  stages: Stage[]
}

export interface CaseRow {
  id: string
  number: string
  kind: string
  subject: string
  subject_name: Text
  place: string
  place_name: string
  stage: string
  stage_name: Text
  opened_at: string
  due_at: string | null
  late: boolean
  unit: string | null
  unit_name?: Text | null
  assignee_name: string | null
  me_too: number
  rating: number | null
  excerpt: string
}

export interface Attachment {
  id: string
  kind: string
  width: number
  height: number
  bytes: number
}

export interface CaseEvent {
  at: string
  action: string
  actor_name: string | null
  unit: string | null
  text: string | null
  visible: boolean
}

export interface CaseTask {
  id: string
  unit: string | null
  unit_name?: Text | null
  place_name?: string | null
  text: string
  done: boolean
  done_at?: string | null
  result?: string | null
}

export interface Clock {
  stage: string
  started_at: string
  due_at: string | null
  paused: boolean
  reason: string | null
  used_percent: number
}

export interface Case extends CaseRow {
  form: { subject: string; kind?: string | null; description: string }
  address: string | null
  point: { lon: number; lat: number } | null
  channel: string
  anonymous?: boolean
  reporter: { name: string | null; phone: string | null } | null
  version: number
  clock: Clock | null
  tasks: CaseTask[]
  attachments: Attachment[]
  events: CaseEvent[]
  actions: { action: string; why_not: string | null }[]
  reply: { text: string; at: string; solved?: boolean } | string | null
  related: CaseRow[]
}

export interface MyCase extends CaseRow {
  form: { subject: string; description: string }
  address: string | null
  version: number
  attachments: Attachment[]
  steps: { key: string; name: Text; at: string | null; done: boolean; current?: boolean }[]
  events: CaseEvent[]
  reply: Case['reply']
  can_rate: boolean
  can_reopen: boolean
  can_confirm: boolean
}

export interface SimilarCase {
  id: string
  number: string
  excerpt: string
  stage_name: Text
  opened_at: string
  me_too: number
  distance_m: number | null
}

export interface NewCase {
  id: string
  kind: string
  place: string
  form: { subject: string; kind?: string; description: string }
  point?: { lon: number; lat: number }
  address?: string
  attachments?: string[]
  channel?: string
  reporter?: { name?: string; phone?: string }
  anonymous?: boolean
}

export interface Unit {
  key: string
  name: Text
  type: 'unit' | 'place'
}

export interface CaseFilter {
  place?: string
  stage?: string
  subject?: string
  unit?: string
  q?: string
  mine?: boolean
  late?: boolean
  from?: string
  to?: string
  order?: string
}

export const listKinds = (): Promise<{ items: CaseKind[] }> => get('/cases/kinds')
export const listCases = (filter: CaseFilter, after?: string, signal?: AbortSignal): Promise<Page<CaseRow>> => get('/cases', { ...filter, mine: filter.mine || undefined, late: filter.late || undefined, after }, signal)
export const getCase = (id: string, signal?: AbortSignal): Promise<Case> => get(`/cases/${id}`, {}, signal)
export const createCase = (body: NewCase): Promise<Case> => post('/cases', body, { key: body.id })
export const act = (id: string, action: string, body: Record<string, unknown>, key: string): Promise<Case> => post(`/cases/${id}/${action.replaceAll('_', '-')}`, body, { key })
export const meToo = (id: string): Promise<void> => post(`/cases/${id}/me-too`, {})
export const similar = (query: { subject: string; place: string; q?: string; lon?: number; lat?: number }, signal?: AbortSignal): Promise<{ items: SimilarCase[] }> => get('/cases/similar', query, signal)
export const listUnits = (place: string, signal?: AbortSignal): Promise<{ items: Unit[] }> => get('/case-units', { place }, signal)
export const myCases = (after?: string, signal?: AbortSignal): Promise<Page<CaseRow>> => get('/my/cases', { after }, signal)
export const myCase = (id: string, signal?: AbortSignal): Promise<MyCase> => get(`/my/cases/${id}`, {}, signal)
export const upload = (file: Blob, key: string): Promise<Attachment> => post('/attachments', undefined, { file, key })
export const photoUrl = (id: string, size: 'thumb' | 'full'): string => url(`/attachments/${id}`, { size })
