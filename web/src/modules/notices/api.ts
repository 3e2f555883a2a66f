import { get, post, remove, type Page } from '../../core/http.ts'
import { newId } from '../../core/ids.ts'
import type { Schema } from '../../core/schema.ts'

export type Notice = Schema<'Notice'>
export type NoticePages = Record<string, (id: string) => string>

export const listNotices = (after?: string, signal?: AbortSignal): Promise<Page<Notice> & { unread: number }> => get('/notices', { after }, signal)
export type WebHook = Schema<'WebHook'>
export type WebHookDelivery = Schema<'WebHookDelivery'>

export const listHooks = (signal?: AbortSignal): Promise<Page<WebHook>> => get('/web-hooks', {}, signal)
export const createHook = (body: { place: string; url: string; events: string[] }, key: string): Promise<WebHook> => post('/web-hooks', body, { key })
export const listDeliveries = (id: string, signal?: AbortSignal): Promise<Page<WebHookDelivery>> => get(`/web-hooks/${id}/deliveries`, {}, signal)
export const testHook = (id: string): Promise<void> => post(`/web-hooks/${id}/test`, {}, { key: newId() })
export const retryHook = (id: string): Promise<void> => post(`/web-hooks/${id}/retry`, {}, { key: newId() })
export const deleteHook = (id: string): Promise<void> => remove(`/web-hooks/${id}`)
export const markRead = (id: string): Promise<void> => post(`/notices/${id}/read`, {})
