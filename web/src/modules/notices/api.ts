import { get, post, type Page } from '../../core/http.ts'

export interface Notice {
  id: string
  at: string
  title: string
  text: string
  case_id: string | null
  read: boolean
}

export const listNotices = (after?: string, signal?: AbortSignal): Promise<Page<Notice>> => get('/notices', { after }, signal)
export const markRead = (id: string): Promise<void> => post(`/notices/${id}/read`, {})
