// What the planners' workbench adds up: villages into the places right below, shares with their
// denominators, and how many residents stand under each colour.
import type { CircleRow } from './try-out.ts'

export interface Sum {
  villages: number
  residents: number
  located: number
  estimated: number
  complete: number
  needs: Record<string, number>
}

const nothing = (): Sum => ({ villages: 0, residents: 0, located: 0, estimated: 0, complete: 0, needs: {} })

// Villages for which the plan sets no time are counted nowhere.
function take(sum: Sum, row: CircleRow | undefined, sign: 1 | -1): void {
  if (!row || row.minutes === null) return
  sum.villages += sign
  sum.residents += sign * row.residents
  sum.located += sign * row.located
  sum.estimated += sign * row.estimated
  sum.complete += sign * (row.complete ?? 0)
  for (const [need, count] of Object.entries(row.needs)) sum.needs[need] = (sum.needs[need] ?? 0) + sign * count
}

export function sumOf(rows: CircleRow[]): Sum {
  const sum = nothing()
  for (const row of rows) take(sum, row, 1)
  return sum
}

const lengths = [2, 4, 6, 9, 12]

// The place right below `parent` in which the row's village lies; the village itself below a township.
export function childOf(village: string, parent: string): string {
  return village.slice(0, lengths.find((length) => length > parent.length) ?? village.length)
}

export function byChild(rows: CircleRow[], parent: string): Map<string, Sum> {
  const children = new Map<string, Sum>()
  for (const row of rows) {
    const child = childOf(row.place, parent)
    const sum = children.get(child) ?? nothing()
    children.set(child, sum)
    take(sum, row, 1)
  }
  return children
}

// The sums after villages have changed to `tried`; those of other places stay the same objects.
export function changed(sums: Map<string, Sum>, before: Map<string, CircleRow>, tried: CircleRow[], key: (village: string) => string): Map<string, Sum> {
  const made = new Map(sums)
  for (const row of tried) {
    const at = key(row.place)
    let sum = made.get(at)
    if (sum === undefined || sum === sums.get(at)) {
      sum = sum ? { ...sum, needs: { ...sum.needs } } : nothing()
      made.set(at, sum)
    }
    take(sum, before.get(row.place), -1)
    take(sum, row, 1)
  }
  return made
}

// null: nobody of whom it is known where they live. Of one need, or of all together.
export const shareOf = (sum: Sum | undefined, need = ''): number | null => (!sum || sum.located === 0 ? null : (need ? (sum.needs[need] ?? 0) : sum.complete) / sum.located)

// Shares in per cent at which a colour begins: the same for every place and circle, to be compared.
export const limits = [0, 20, 40, 60, 80]
export const colourOf = (share: number | null): number => (share === null ? -1 : limits.filter((limit) => share * 100 >= limit).length - 1)

export interface Colour {
  at: number
  places: number
  residents: number
}

// From dark to light, then those without data.
export function colours(children: Map<string, Sum>, need = ''): Colour[] {
  return [...limits.keys(), -1].sort((a, b) => b - a).map((at) => {
    const of = [...children.values()].filter((sum) => colourOf(shareOf(sum, need)) === at)
    return { at, places: of.length, residents: of.reduce((total, { residents }) => total + residents, 0) }
  })
}
