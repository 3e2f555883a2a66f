// How the planners' pages say units, periods and values.
import { number } from '../../core/formats.ts'
import { knows, t } from '../../core/i18n.ts'

// Units are words of the packs; those that this face has no word for stand as they are.
export function unitName(unit: string): string {
  const key = `plans.units.${unit.replaceAll(' ', '_')}`
  return knows(key) ? t(key) : unit
}

export function withUnit(value: number | null | undefined, unit: string, digits = 1): string {
  if (value === null || value === undefined) return t('value.none')
  const name = unitName(unit)
  return name ? `${number(value, digits)} ${name}` : number(value, digits)
}

// 2025, 2025-03, 2025-Q1 or "now".
export function periodName(period: string): string {
  if (period === 'now') return t('plans.now')
  const [year = '', part] = period.split('-')
  if (!part) return t('plans.year', { year })
  return part.startsWith('Q') ? t('plans.quarter', { year, quarter: part.slice(1) }) : t('plans.month', { year, month: Number(part) })
}
