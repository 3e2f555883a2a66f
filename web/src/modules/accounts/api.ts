import { get, patch, post, type Page } from '../../core/http.ts'
import type { Schema } from '../../core/schema.ts'

export type AccountGrant = Schema<'GivenRole'>
export type Account = Schema<'Account'>
export type AuditEntry = Schema<'AuditEntry'>

export interface OutboxMessage {
  to: string
  text: string
  at: string
}

export const listAccounts = (query: { place?: string; q?: string; after?: string }, signal?: AbortSignal): Promise<Page<Account>> => get('/accounts', query, signal)
export const createAccount = (body: { name: string; display_name: string; password?: string; unit?: string; grants: AccountGrant[] }, key: string): Promise<{ account: Account; password: string | null }> =>
  post('/accounts', body, { key })
export const changeAccount = (id: string, body: { display_name?: string; unit?: string; grants?: AccountGrant[]; version: number }): Promise<Account> => patch(`/accounts/${id}`, body)
export const disableAccount = (id: string, key: string): Promise<void> => post(`/accounts/${id}/disable`, {}, { key })
export const enableAccount = (id: string, key: string): Promise<void> => post(`/accounts/${id}/enable`, {}, { key })
export const listAudit = (query: { after?: string; actor?: string; subject?: string }, signal?: AbortSignal): Promise<Page<AuditEntry>> => get('/audit', query, signal)

// One-time codes and notices that a demonstration shows instead of sending; refused elsewhere.
export const demoOutbox = (): Promise<{ items: OutboxMessage[] }> => get('/outbox')
