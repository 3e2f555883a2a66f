// What charts compute: months as numbers, round scales, lines.

// Months since year 0 at whose end a period's value stands: 2020 → December 2020, 2025-03 → March.
export function monthOf(period: string, now: string): number {
  if (period === 'now') return monthOf(now.slice(0, 7), now)
  const [year = '0', part] = period.split('-')
  const month = !part ? 12 : part.startsWith('Q') ? Number(part.slice(1)) * 3 : part.startsWith('H') ? Number(part.slice(1)) * 6 : Number(part)
  return Number(year) * 12 + month - 1
}

export const periodOf = (month: number): string => `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`

// Round numbers from at or below the smallest to at or above the largest, about `wanted` steps.
export function ticks(low: number, high: number, wanted = 4): number[] {
  const span = high - low || Math.abs(high) || 1
  const rough = span / wanted
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= rough) ?? power * 10
  const first = Math.floor(low / step + 1e-9)
  const last = Math.max(Math.ceil((low + span) / step - 1e-9), Math.ceil(high / step - 1e-9))
  return Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(12)))
}

export interface Scale {
  x: (month: number) => number
  y: (value: number) => number
}

export function scaleOf(months: [number, number], values: [number, number], box: { left: number; right: number; top: number; bottom: number }): Scale {
  const width = Math.max(1, months[1] - months[0])
  const height = values[1] - values[0] || 1
  return {
    x: (month) => box.left + ((month - months[0]) / width) * (box.right - box.left),
    y: (value) => box.bottom - ((value - values[0]) / height) * (box.bottom - box.top),
  }
}

export const line = (points: [number, number][]): string => points.map(([x, y], at) => `${at === 0 ? 'M' : 'L'}${x.toFixed(1)},${y.toFixed(1)}`).join('')
