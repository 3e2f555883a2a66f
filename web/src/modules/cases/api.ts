import { carried, get, post, url, type Page } from '../../core/http.ts'
import type { Choice } from '../../core/content.ts'
import type { Text } from '../../core/i18n.ts'
import type { Schema, Sent } from '../../core/schema.ts'

export interface Stage {
  key: string
  name: Text
  resident_name?: Text
}

export interface CaseField {
  name: string
  label: Text
  help?: Text
  type: string
  required: boolean
  max_length: number | null
  choices: Choice[] | null
}

export interface CaseKind {
  key: string
  name: Text
  fields: CaseField[]
  subjects: Choice[]
  stages: Stage[]
}

export type CaseRow = Schema<'CaseRow'>
export type Attachment = Schema<'Attachment'>

export interface CaseEvent {
  at: string
  action: string
  actor_name: string | null
  by_reporter: boolean
  by_itself: boolean
  stage: string
  unit: string | null
  unit_name: string
  text: string | null
  visible: boolean
  rating?: number
  task_id?: number
}

export interface CaseTask {
  id: number
  unit: string
  unit_name: string
  text: string
  // Called in by whistle: it must report in, and its caller rates it.
  called: boolean
  due_at: string | null
  reported_at: string | null
  finished_at: string | null
  withdrawn: boolean
  late: boolean
  outcome: string | null
  rating: number | null
}

export interface Clock {
  stage: string
  started_at: string
  due_at: string | null
  paused: boolean
  paused_until: string | null
  reason: string | null
  used_percent: number
}

// What everybody who may see a case sees of it.
export interface CaseFacts extends CaseRow {
  form: { subject: string; kind?: string | null; description: string }
  address: string | null
  point: { lon: number; lat: number } | null
  version: number
  attachments: Attachment[]
  reply: { at: string; text: string; solved: boolean } | null
}

export interface Case extends CaseFacts {
  reporter: { anonymous: boolean; has_account: boolean; name: string | null; phone: string | null }
  clock: Clock | null
  tasks: CaseTask[]
  events: CaseEvent[]
  actions: { action: string; why_not: string | null }[]
  related: { id: string; number: string; relation: 'lead' | 'joined'; stage_name: string }[]
}

export interface Step {
  at: string
  action: string
  stage: string
  title: string
  unit_name: string
  text: string | null
  rating?: number
}

export interface MyCase extends CaseFacts {
  steps: Step[]
  can_rate: boolean
  can_reopen: boolean
  can_confirm: boolean
}

// An empty excerpt: the matter is not for strangers.
export type SimilarCase = Schema<'SimilarCase'>
export type NewCase = Sent<'NewCase'> & { id: string; form: { subject: string; kind?: string; description: string } }
// Who may be asked to handle a case: a place, or a department of the county.
export type Unit = Schema<'CaseUnit'>

export interface CaseFilter {
  place?: string
  kind?: string
  // A condition over the kind's fields, in the expression language.
  where?: string
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
export const act = (id: string, action: string, body: Record<string, unknown>, key: string): Promise<Case> => post(`/cases/${id}/${action}`, body, { key })
export const meToo = (id: string): Promise<void> => post(`/cases/${id}/me-too`, {})
export const similar = (query: { subject: string; place: string; q?: string; lon?: number; lat?: number }, signal?: AbortSignal): Promise<{ items: SimilarCase[] }> => get('/cases/similar', query, signal)
export const listUnits = (place: string, signal?: AbortSignal): Promise<{ items: Unit[] }> => get('/case-units', { place }, signal)
export const myCases = (after?: string, signal?: AbortSignal): Promise<Page<CaseRow>> => get('/my/cases', { after }, signal)
export const myCase = (id: string, signal?: AbortSignal): Promise<MyCase> => get(`/my/cases/${id}`, {}, signal)
// By the number and code of a slip, without an account.
export const progress = (number: string, code: string): Promise<MyCase> => get('/case-progress', { number, code })
export const slipUrl = (id: string): string => url(`/cases/${id}/slip`, { language: carried.language })
export const reveal = (id: string, reason: string): Promise<{ name: string; phone: string }> => post(`/cases/${id}/reveal`, { reason })
export const upload = (file: Blob, key: string): Promise<Attachment> => post('/attachments', undefined, { file, key })
export const photoUrl = (id: string, size: 'thumb' | 'full'): string => url(`/attachments/${id}`, { size })
