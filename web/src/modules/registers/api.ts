import { get, patch, post, remove, send, url, type Page } from '../../core/http.ts'
import type { Tree } from '../../core/expression.ts'
import type { Schema } from '../../core/schema.ts'

export type FieldType =
  | 'text' | 'long_text' | 'person_name' | 'integer' | 'decimal' | 'boolean' | 'date' | 'instant' | 'choice' | 'choices'
  | 'place' | 'reference' | 'phone' | 'cn_id_number' | 'credit_code' | 'opening_hours' | 'point' | 'images' | 'url'

// `when`: the condition under which it is asked, as a tree of the expression language.
export type RegisterField = Omit<Schema<'RegisterField'>, 'type' | 'when'> & { type: FieldType; when: Tree | null }
export type RegisterLabel = Schema<'RegisterLabel'>
export type Register = Omit<Schema<'Register'>, 'fields'> & { fields: RegisterField[] }

export type Value = string | number | boolean | string[] | null | { lon: number; lat: number }
export type Values = Record<string, Value>

export type LabelPeriod = Schema<'LabelPeriod'>
// `titles`: the names of the records that its references lead to.
export type RegisterRecord = Omit<Schema<'Record'>, 'values' | 'titles'> & { values: Values; titles: Record<string, string> }
// `reveal`: whether the actor may read the protected field in the clear.
export type RecordDetail = RegisterRecord & { derived: Values; label_periods: LabelPeriod[]; reveal: Record<string, boolean> }

export interface RecordFilter {
  place?: string
  q?: string
  where?: string
  label?: string
  order?: string
}

export type HistoryEntry = Omit<Schema<'RecordHistoryItem'>, 'changes'> & { changes: { field: string; before: Value; after: Value }[] }
export type ImportReport = Omit<Schema<'Import'>, 'mapping'> & { mapping: Record<string, string> }

const root = (kind: string): string => `/registers/${kind}`
const record = (kind: string, id: string): string => `/registers/${kind}/records/${id}`

export const listRegisters = (): Promise<{ items: Register[] }> => get('/registers')
export const listRecords = (kind: string, filter: RecordFilter, after?: string, signal?: AbortSignal): Promise<Page<RegisterRecord>> => get(`${root(kind)}/records`, { ...filter, after }, signal)
export const getRecord = (kind: string, id: string, signal?: AbortSignal): Promise<RecordDetail> => get(record(kind, id), {}, signal)
export const createRecord = (kind: string, body: { id: string; place: string; values: Values }): Promise<RegisterRecord> => post(`${root(kind)}/records`, body, { key: body.id })
export const changeRecord = (kind: string, id: string, body: { version: number; place?: string; values: Values }): Promise<RegisterRecord> => patch(record(kind, id), body)
export const deleteRecord = (kind: string, id: string, version: number): Promise<void> => remove(record(kind, id), { version })
export const reveal = (kind: string, id: string, field: string, reason: string): Promise<{ value: string }> => post(`${record(kind, id)}/reveal`, { field, reason })
export const addLabel = (kind: string, id: string, body: { label: string; from: string; to?: string; evidence?: string }): Promise<void> => post(`${record(kind, id)}/labels`, body)
export const endLabel = (kind: string, id: string, label: string, on: string): Promise<void> => remove(`${record(kind, id)}/labels/${label}`, { on })
export const getHistory = (kind: string, id: string, signal?: AbortSignal): Promise<{ items: HistoryEntry[] }> => get(`${record(kind, id)}/history`, {}, signal)
export const findExactly = (kind: string, field: string, value: string): Promise<{ items: RegisterRecord[] }> => get(`${root(kind)}/find`, { field, value })
// Groups of records that are probably one.
export const listDuplicates = (kind: string, signal?: AbortSignal): Promise<{ items: { records: RegisterRecord[] }[] }> => get(`${root(kind)}/duplicates`, {}, signal)
export const exportUrl = (kind: string, filter: RecordFilter, as: 'csv' | 'xlsx' = 'xlsx'): string => url(`${root(kind)}/export.${as}`, { ...filter })

// A column with an empty field is left out.
const mappingText = (mapping: Record<string, string>): string => Object.entries(mapping).map(([column, field]) => `${column}:${field}`).join(',')

export async function importTable(kind: string, file: Blob, options: { dry_run: boolean; mapping?: Record<string, string>; place_column?: string }, key: string): Promise<ImportReport> {
  const response = await send('POST', `${root(kind)}/imports`, {
    file: new Blob([file], { type: 'application/octet-stream' }),
    key,
    query: { dry_run: options.dry_run, mapping: options.mapping ? mappingText(options.mapping) : undefined, place_column: options.place_column },
  })
  return (await response.json()) as ImportReport
}
export const getImport = (kind: string, id: string): Promise<ImportReport> => get(`${root(kind)}/imports/${id}`)
