// What happened to a case, in words.
import { knows, t, textOf } from '../../core/i18n.ts'

import type { Case, CaseEvent } from './api.ts'

export const actionName = (action: string): string => (knows(`action.${action}`) ? t(`action.${action}`) : action)

export function eventTitle(event: CaseEvent): string {
  const title = knows(`happened.${event.action}`) ? t(`happened.${event.action}`) : actionName(event.action)
  return event.unit ? `${title} · ${textOf(event.unit)}` : title
}

export const replyText = (reply: Case['reply'] | undefined): string => (typeof reply === 'string' ? reply : (reply?.text ?? ''))
