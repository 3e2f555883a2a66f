// What an answer says, in a planner's words.
import { number, percent } from '../../core/formats.ts'
import { t } from '../../core/i18n.ts'

import type { SitingAnswer, SitingQuestion, Spot } from './api.ts'

// How far the answer can be from the best possible. The bound is proven: no answer beats it.
export function boundText(answer: Pick<SitingAnswer, 'goal' | 'value' | 'bound' | 'gap'>): string {
  if (answer.gap < 1e-6) return t('siting.bound.best')
  if (answer.goal === 'fewest_sites') return t('siting.bound.fewest_sites', { bound: number(answer.bound, 0), value: number(answer.value, 0) })
  return t(`siting.bound.${answer.goal}`, { gap: percent(Math.max(answer.gap, 0.001)) })
}

export const spotName = (spot: Spot): string => spot.name || t(`siting.unnamed.${spot.source}`, { place: spot.place_name })

export const share = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null)

// The question, with what does not belong to its goal left out.
export function asked(form: SitingQuestion): SitingQuestion {
  const { new_sites, share: wanted, ...rest } = form
  const question = form.goal === 'fewest_sites' ? { ...rest, share: wanted } : { ...rest, new_sites }
  return Object.fromEntries(Object.entries(question).filter(([, value]) => value !== undefined && value !== '' && value !== null)) as unknown as SitingQuestion
}
