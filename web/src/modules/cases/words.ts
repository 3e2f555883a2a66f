// What happened to a case, in words.
import { knows, t } from '../../core/i18n.ts'

import type { CaseEvent } from './api.ts'

export const actionName = (action: string): string => (knows(`action.${action}`) ? t(`action.${action}`) : action)

export function eventTitle(event: Pick<CaseEvent, 'action' | 'unit' | 'unit_name'>): string {
  const title = knows(`happened.${event.action}`) ? t(`happened.${event.action}`) : actionName(event.action)
  return event.unit_name && (event.action === 'assign' || event.action === 'open' || event.action === 'escalate') ? `${title} · ${event.unit_name}` : title
}
