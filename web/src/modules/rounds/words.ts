// Days of timetables as people say them.
import { language, t } from '../../core/i18n.ts'

const monday = new Date(2024, 0, 1)

// 0 Monday to 6 Sunday.
export const weekdayName = (weekday: number): string =>
  new Intl.DateTimeFormat(language() === 'zh' ? 'zh-CN' : 'en-GB', { weekday: 'long' }).format(new Date(monday.getFullYear(), 0, 1 + weekday))

// With the day of the week: Tuesday, 4 March.
export const dayText = (day: string): string =>
  new Intl.DateTimeFormat(language() === 'zh' ? 'zh-CN' : 'en-GB', { month: 'long', day: 'numeric', weekday: 'long' }).format(new Date(`${day}T12:00:00`))

export const weekText = (week: number, weekday: number, weeks: number): string => (weeks === 1 ? weekdayName(weekday) : t('timetable.in_week', { week: week + 1, day: weekdayName(weekday) }))
