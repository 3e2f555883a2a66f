import { get, patch, post, remove, send, url, type Page } from '../../core/http.ts'
import type { Tree } from '../../core/expression.ts'
import type { Text } from '../../core/i18n.ts'

export type FieldType =
  | 'text' | 'long_text' | 'person_name' | 'integer' | 'decimal' | 'boolean' | 'date' | 'instant' | 'choice' | 'choices'
  | 'place' | 'reference' | 'phone' | 'cn_id_number' | 'credit_code' | 'point' | 'images' | 'url'

export interface RegisterField {
  name: string
  label: Text
  help?: Text | null
  type: FieldType
  required: boolean
  list?: string | null
  to?: string | null
  from?: string | null
  unit?: string | null
  sensitive: boolean
  listed: boolean
  sortable?: boolean
  minimum?: number | null
  maximum?: number | null
  max_length?: number | null
  // The condition under which it is asked, as a tree of the expression language.
  when?: Tree | null
}

export interface RegisterLabel {
  key: string
  name: Text
  evidence_required?: boolean
}

export interface Register {
  key: string
  name: Text
  title?: string
  may: ('read' | 'write' | 'reveal' | 'export')[]
  fields: RegisterField[]
  labels: RegisterLabel[]
  derived: { name: string; label: Text }[]
}

export type Value = string | number | boolean | string[] | null | { lon: number; lat: number }
export type Values = Record<string, Value>

export interface RegisterRecord {
  id: string
  place: string
  place_name: string
  version: number
  values: Values
  labels: string[]
  // The names of records that its references lead to.
  titles: Record<string, string>
  derived?: Values
  label_periods?: LabelPeriod[]
  // Whether the actor may read the protected field in the clear.
  reveal?: Record<string, boolean>
  updated_at: string
}

export interface LabelPeriod {
  id: string
  label: string
  from: string
  to: string | null
  evidence: string
  confirmed_by_name: string
}

export interface RecordFilter {
  place?: string
  q?: string
  where?: string
  label?: string
  order?: string
}

export interface HistoryEntry {
  at: string
  id: string
  action: string
  actor: { id: string; name: string }
  source: string
  changes: { field: string; before: Value; after: Value }[]
}

export interface ImportReport {
  id: string | null
  state: 'waiting' | 'running' | 'finished' | 'failed'
  line: number
  rows: number
  accepted: number
  rejected: number
  errors: { line: number; field: string; code: string; expected?: string }[]
  mapping: Record<string, string>
}

const root = (kind: string): string => `/registers/${kind}`
const record = (kind: string, id: string): string => `/registers/${kind}/records/${id}`

export const listRegisters = (): Promise<{ items: Register[] }> => get('/registers')
export const listRecords = (kind: string, filter: RecordFilter, after?: string, signal?: AbortSignal): Promise<Page<RegisterRecord>> => get(`${root(kind)}/records`, { ...filter, after }, signal)
export const getRecord = (kind: string, id: string, signal?: AbortSignal): Promise<RegisterRecord> => get(record(kind, id), {}, signal)
export const createRecord = (kind: string, body: { id: string; place: string; values: Values }): Promise<RegisterRecord> => post(`${root(kind)}/records`, body, { key: body.id })
export const changeRecord = (kind: string, id: string, body: { version: number; place?: string; values: Values }): Promise<RegisterRecord> => patch(record(kind, id), body)
export const deleteRecord = (kind: string, id: string, version: number): Promise<void> => remove(record(kind, id), { version })
export const reveal = (kind: string, id: string, field: string, reason: string): Promise<{ value: string }> => post(`${record(kind, id)}/reveal`, { field, reason })
export const addLabel = (kind: string, id: string, body: { label: string; from: string; to?: string; evidence?: string }): Promise<void> => post(`${record(kind, id)}/labels`, body)
export const endLabel = (kind: string, id: string, label: string, on: string): Promise<void> => remove(`${record(kind, id)}/labels/${label}`, { on })
export const getHistory = (kind: string, id: string, signal?: AbortSignal): Promise<{ items: HistoryEntry[] }> => get(`${record(kind, id)}/history`, {}, signal)
export const findExactly = (kind: string, field: string, value: string): Promise<{ items: RegisterRecord[] }> => get(`${root(kind)}/find`, { field, value })
export const exportUrl = (kind: string, filter: RecordFilter): string => url(`${root(kind)}/export.csv`, { ...filter })

// A column with an empty field is left out.
const mappingText = (mapping: Record<string, string>): string => Object.entries(mapping).map(([column, field]) => `${column}:${field}`).join(',')

export async function importCsv(kind: string, file: Blob, options: { dry_run: boolean; mapping?: Record<string, string>; place_column?: string }, key: string): Promise<ImportReport> {
  const response = await send('POST', `${root(kind)}/imports`, {
    file: new Blob([file], { type: 'text/csv' }),
    key,
    query: { dry_run: options.dry_run, mapping: options.mapping ? mappingText(options.mapping) : undefined, place_column: options.place_column },
  })
  return (await response.json()) as ImportReport
}
export const getImport = (kind: string, id: string): Promise<ImportReport> => get(`${root(kind)}/imports/${id}`)
