// How the planners' pages say units, periods and values.
import { number, unitName } from '../../core/formats.ts'
import { t } from '../../core/i18n.ts'

export function withUnit(value: number | null | undefined, unit: string, digits = 1): string {
  if (value === null || value === undefined) return t('value.none')
  return `${number(value, digits)}${after(unit)}`
}

// A goal as the plan prints it, with its unit where the plan's table has that in a column beside it.
export function printedWithUnit(printed: string, unit: string): string {
  return /[\d.]$/.test(printed) ? printed + after(unit) : printed
}

function after(unit: string): string {
  const name = unitName(unit)
  return `${/^[%‰/]|^$/.test(name) ? '' : ' '}${name}`
}

// 2025, 2025-H1, 2025-Q1, 2025-03 or "now".
export function periodName(period: string): string {
  if (period === 'now') return t('plans.now')
  const [year = '', part] = period.split('-')
  if (!part) return t('plans.year', { year })
  if (part.startsWith('H')) return t(part === 'H1' ? 'plans.first_half' : 'plans.second_half', { year })
  return part.startsWith('Q') ? t('plans.quarter', { year, quarter: part.slice(1) }) : t('plans.month', { year, month: Number(part) })
}

// +1.2, −0.4
export function signed(change: number | null): string {
  if (change === null) return t('value.none')
  return (change > 0 ? '+' : change < 0 ? '−' : '±') + number(Math.abs(change), 2)
}
