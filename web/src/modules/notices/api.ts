import { get, post, type Page } from '../../core/http.ts'
import type { Schema } from '../../core/schema.ts'

export type Notice = Schema<'Notice'>

export const listNotices = (after?: string, signal?: AbortSignal): Promise<Page<Notice> & { unread: number }> => get('/notices', { after }, signal)
export const markRead = (id: string): Promise<void> => post(`/notices/${id}/read`, {})
