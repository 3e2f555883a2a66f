// What an answer says, in a planner's words.
import type { Choice } from '../../core/content.ts'
import { number, percent } from '../../core/formats.ts'
import { language, t } from '../../core/i18n.ts'
import type { Change } from '../circles/index.ts'

import type { SitingAnswer, SitingQuestion, Spot } from './api.ts'

// How far the answer can be from the best possible. The bound is proven: no answer beats it.
export function boundText(answer: Pick<SitingAnswer, 'goal' | 'value' | 'bound' | 'gap'>): string {
  if (answer.gap < 1e-6) return t('siting.bound.best')
  if (answer.goal === 'fewest_sites') return t('siting.bound.fewest_sites', { bound: number(answer.bound, 0), value: number(answer.value, 0) })
  return t(`siting.bound.${answer.goal}`, { gap: percent(Math.max(answer.gap, 0.001)) })
}

export const spotName = (spot: Spot): string => spot.name || t(`siting.unnamed.${spot.source}`, { place: spot.place_name })

export const share = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null)

// Where a number of the packs comes from.
export const basisOf = (choice: Choice): string => String((language() === 'zh' ? choice.attributes?.['basis_zh'] : null) ?? choice.attributes?.['basis'] ?? '')

// New ones, those that move and those that close, apart; what there is none of is left out.
export function countsText({ counts }: Pick<SitingAnswer, 'counts'>): string {
  const parts = (['new', 'moved', 'closed', 'kept'] as const).filter((what) => counts[what] > 0)
  return parts.map((what) => t(`siting.counts.${what}`, { n: counts[what] })).join(t('ui.comma'))
}

// The question, with what does not belong to its goal left out.
export function asked(form: SitingQuestion): SitingQuestion {
  const { new_sites, share: wanted, ...rest } = form
  const question = form.goal === 'fewest_sites' ? { ...rest, share: wanted } : { ...rest, new_sites }
  return Object.fromEntries(Object.entries(question).filter(([, value]) => value !== undefined && value !== '' && value !== null)) as unknown as SitingQuestion
}

// The answer as the workbench tries it.
export function changesOf(answer: Pick<SitingAnswer, 'kind' | 'sites' | 'closed'>): Change[] {
  const of = (spot: Spot, at: string): { id: string; kind: string; name: string } => ({ id: spot.id ?? at, kind: spot.kind ?? answer.kind, name: spotName(spot) })
  return [
    ...answer.sites.map((site, rank): Change => {
      const { replaces } = site
      if (replaces) return { ...of(replaces, `moved-${rank + 1}`), type: 'move', from: replaces.point, at: site.point }
      return { id: `site-${rank + 1}`, type: 'add', kind: answer.kind, name: `${rank + 1}. ${spotName(site)}`, at: site.point }
    }),
    ...answer.closed.map((spot, rank): Change => ({ ...of(spot, `closed-${rank + 1}`), type: 'close', from: spot.point })),
  ]
}

const longest = 500

// The answer as a task of the yearly list: as many sites by name as fit.
export function taskText(answer: Pick<SitingAnswer, 'sites' | 'closed'>, kind: string): string {
  const fresh = answer.sites.filter(({ replaces }) => !replaces).map(spotName)
  const moved = answer.sites.flatMap((site) => (site.replaces ? [t('siting.task.move', { from: spotName(site.replaces), to: spotName(site) })] : []))
  const parts: [string, string[]][] = [['siting.task.new', fresh], ['siting.task.moved', moved], ['siting.task.closed', answer.closed.map(spotName)]]
  const text = (most: number): string =>
    parts
      .filter(([, names]) => names.length > 0)
      .map(([what, names]) => t(what, { kind, n: names.length, names: names.slice(0, most).join(t('ui.comma')) + (names.length > most ? t('siting.task.more') : '') }))
      .join(t('siting.task.and'))
  for (let most = Math.max(1, ...parts.map(([, names]) => names.length)); most > 1; most--) if (text(most).length <= longest) return text(most)
  return text(1).slice(0, longest)
}
