// Whether a service is open, as people say it.
import { shortTime } from '../../core/formats.ts'
import { t } from '../../core/i18n.ts'

import type { Reached } from './api.ts'

export function opening({ open, until }: Pick<Reached, 'open' | 'until'>, now: number): { text: string; tone: 'good' | 'late' | 'none' } {
  if (open === null || open === undefined) return { text: t('guide.opening_unknown'), tone: 'none' }
  const at = until ? shortTime(until, now) : ''
  if (open) return { text: at ? t('guide.open_until', { at }) : t('guide.open'), tone: 'good' }
  return { text: at ? t('guide.opens', { at }) : t('guide.closed'), tone: 'late' }
}
