import { number } from '../../core/formats.ts'
import { t } from '../../core/i18n.ts'

// By how many points of a hundred a share has moved, with its sign; empty where it has not.
export function points(before: number | null, after: number | null): string {
  if (before === null || after === null) return ''
  const moved = Math.round((after - before) * 1000) / 10
  if (moved === 0) return ''
  return t('circles.points', { n: `${moved > 0 ? '+' : '−'}${number(Math.abs(moved))}` })
}
