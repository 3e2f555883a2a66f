// What places owe under a plan: targets handed down, tasks with their ledger, values that were asked
// for. The wire's names.
import { get, post, put, url, type Page } from '../../core/http.ts'
import { newId } from '../../core/ids.ts'

export interface HandedPart {
  place: string
  place_name: string
  value: number | null
  denominator: number | null
  target: number | null
}

export interface Handing {
  place: string
  year: number
  // Of a ratio each child's target may be the whole's own.
  ratio: boolean
  total: number | null
  revision: number
  sum: number | null
  fits: boolean
  children: HandedPart[]
}

export interface TargetRevision {
  year: number
  revision: number
  value: number
  method: string
  handed_by: string
  reason: string
  actor_name: string
  at: string
}

export type Method = 'equal' | 'weight' | 'gap' | 'hand'

export interface Task {
  id: string
  place: string
  place_name: string
  plan: string
  year: number
  number: string
  name: string
  unit: string
  indicator: string
  due: string
  handed_by: string
  handed_by_name: string
  state: 'open' | 'done' | 'cancelled'
  percent: number
  overdue: boolean
  version: number
}

export interface TaskEntry {
  n: number
  percent: number
  state: string
  note: string
  files: string[]
  actor_name: string
  at: string
}

export interface ValueRequest {
  id: string
  place: string
  place_name: string
  plan: string
  indicator: string
  period: string
  due: string
  asked_by: string
  asked_by_name: string
  // Whose turn it is.
  at_level: string
  state: 'open' | 'submitted' | 'approved'
  value: number | null
  missing: string
  evidence: string
  files: string[]
  marks: string[]
  overdue: boolean
  version: number
}

export interface RequestStep {
  n: number
  what: string
  place: string
  value: number | null
  note: string
  actor_name: string
  at: string
}

export interface EvidenceFile {
  id: string
  name: string
  kind: string
  bytes: number
}

const targets = (plan: string, key: string): string => `/plans/${plan}/indicators/${key}/targets`

export const getHanding = (plan: string, key: string, place: string, year: number, signal?: AbortSignal): Promise<Handing> => get(targets(plan, key), { place, year }, signal)
export const propose = (plan: string, key: string, body: { place: string; year: number; method: Method; total?: number; weight?: string }): Promise<Handing> => post(`${targets(plan, key)}/propose`, body)
export const handDown = (plan: string, key: string, body: { place: string; year: number; method: Method; revision: number; reason: string; total?: number; values: { place: string; value: number }[] }): Promise<Handing> => put(targets(plan, key), body)
export const getTargetHistory = (plan: string, key: string, place: string, signal?: AbortSignal): Promise<Page<TargetRevision>> => get(`${targets(plan, key)}/history`, { place }, signal)

export const listTasks = (query: { place: string; plan?: string; year?: number; state?: string; overdue?: boolean; after?: string }, signal?: AbortSignal): Promise<Page<Task>> => get('/plan-tasks', { ...query, overdue: query.overdue || undefined }, signal)
export const getTask = (id: string, signal?: AbortSignal): Promise<{ task: Task; entries: TaskEntry[] }> => get(`/plan-tasks/${id}`, {}, signal)
export const addTask = (body: { place: string; plan: string; year: number; number: string; name: string; unit: string; indicator?: string; due: string }): Promise<Task> => post('/plan-tasks', body, { key: newId() })
export const changeTask = (id: string, body: { version: number; due?: string; cancel?: boolean }): Promise<Task> => put(`/plan-tasks/${id}`, body)
export const addEntry = (id: string, body: { percent: number; note: string; files: string[] }): Promise<Task> => post(`/plan-tasks/${id}/entries`, body, { key: newId() })

export const askValues = (plan: string, key: string, body: { asked_by: string; places: string[]; period: string; due: string; note: string }): Promise<Page<ValueRequest>> => post(`/plans/${plan}/indicators/${key}/requests`, body, { key: newId() })
export const listRequests = (query: { place: string; plan?: string; state?: string; turn?: boolean; after?: string }, signal?: AbortSignal): Promise<Page<ValueRequest>> => get('/value-requests', { ...query, turn: query.turn || undefined }, signal)
export const getRequest = (id: string, signal?: AbortSignal): Promise<{ request: ValueRequest; steps: RequestStep[] }> => get(`/value-requests/${id}`, {}, signal)
export const answer = (id: string, body: { value?: number; missing?: string; evidence?: string; files?: string[] }): Promise<ValueRequest> => post(`/value-requests/${id}/answer`, body, { key: newId() })
export const decide = (id: string, how: 'approve' | 'return', note: string): Promise<ValueRequest> => post(`/value-requests/${id}/${how}`, { note }, { key: newId() })

export const sendFile = (place: string, file: File): Promise<EvidenceFile> => post('/plan-files', undefined, { file, query: { place, name: file.name }, key: newId() })
export const fileUrl = (id: string): string => url(`/plan-files/${id}`)
