// Dates, durations and numbers as people read them; the time is an argument.
import { knows, language, t } from './i18n.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const locale = (): string => (language() === 'zh' ? 'zh-CN' : 'en-GB')

export function dateTime(at: string | null | undefined): string {
  if (!at) return ''
  return new Intl.DateTimeFormat(locale(), { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at))
}

export function date(at: string | null | undefined): string {
  if (!at) return ''
  return new Intl.DateTimeFormat(locale(), { year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date(at))
}

// "today 09:30", "yesterday 09:30", "3 Mar", with the year where it is another.
export function shortTime(at: string, now: number): string {
  const then = new Date(at)
  const days = Math.round((startOfDay(now) - startOfDay(then.getTime())) / day)
  const clock = new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(then)
  if (days === 0) return t('time.today', { clock })
  if (days === 1) return t('time.yesterday', { clock })
  const sameYear = then.getFullYear() === new Date(now).getFullYear()
  return new Intl.DateTimeFormat(locale(), { ...(sameYear ? {} : { year: 'numeric' }), month: 'short', day: 'numeric' }).format(then)
}

// The date of an instant here, as on the wire.
export function today(now: number): string {
  const then = new Date(now)
  return [then.getFullYear(), then.getMonth() + 1, then.getDate()].map((part) => String(part).padStart(2, '0')).join('-')
}

function startOfDay(at: number): number {
  const then = new Date(at)
  return new Date(then.getFullYear(), then.getMonth(), then.getDate()).getTime()
}

export function duration(ms: number): string {
  const length = Math.abs(ms)
  if (length < minute) return t('time.moment')
  if (length < hour) return t('time.minutes', { n: Math.floor(length / minute) })
  if (length < day) return t('time.hours', { n: Math.floor(length / hour) })
  return t('time.days', { n: Math.floor(length / day) })
}

// How a clock stands: "2 days left", "3 hours over".
export function due(at: string | null | undefined, now: number): string {
  if (!at) return ''
  const left = new Date(at).getTime() - now
  return t(left >= 0 ? 'time.left' : 'time.over', { span: duration(left) })
}

export type Urgency = 'none' | 'calm' | 'soon' | 'late'

// Soon: within a working day's length of calendar time.
export function urgency(at: string | null | undefined, now: number): Urgency {
  if (!at) return 'none'
  const left = new Date(at).getTime() - now
  return left < 0 ? 'late' : left < day ? 'soon' : 'calm'
}

export function number(value: number | null | undefined, digits = 1): string {
  if (value === null || value === undefined) return t('value.none')
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: digits }).format(value)
}

// Units are words of the packs; one without a text stands as it is.
export function unitName(unit: string): string {
  const key = `units.${unit.replace(/\W+/g, '_').replace(/_$/, '')}`
  return knows(key) ? t(key) : unit
}

// A share of one as a percentage.
export function percent(share: number | null | undefined): string {
  if (share === null || share === undefined) return t('value.none')
  return new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: 1 }).format(share)
}

export function bytes(size: number): string {
  return size < 1024 * 1024 ? `${Math.max(1, Math.round(size / 1024))} KB` : `${(size / 1024 / 1024).toFixed(1)} MB`
}
