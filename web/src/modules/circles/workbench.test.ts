import { describe, expect, it } from 'vitest'

import type { CircleFacility, CircleRow } from './try-out.ts'
import { closed, drop, make, moved, standing, toTrials, undo, untouched } from './trial.ts'
import { byChild, changed, childOf, colourOf, colours, shareOf, sumOf } from './workbench.ts'

const row = (place: string, located: number, complete: number | null, minutes: number | null = 15): CircleRow => ({ place, minutes, residents: located + 5, located, estimated: 0, unconnected: 0, complete, needs: { shop: located } })

describe('shares', () => {
  const rows = [row('620802001001', 100, 90), row('620802001002', 0, null), row('620802002001', 50, 5), row('620802002002', 40, 40, null)]

  it('are of those whose home is known, and none of nobody', () => {
    const children = byChild(rows, '620802')
    expect(shareOf(children.get('620802001'))).toBe(0.9)
    expect(shareOf(children.get('620802002'))).toBe(0.1)
    expect(shareOf(byChild(rows, '620802001').get('620802001002'))).toBeNull()
    expect(shareOf(children.get('620802001'), 'shop')).toBe(1)
  })

  it('leave out villages without a time of the plan', () => {
    expect(sumOf(rows)).toMatchObject({ villages: 3, located: 150, complete: 95 })
  })

  it('stand under colours with all their residents', () => {
    const [darkest, , , , lightest, unknown] = colours(byChild(rows, '620802001'))
    expect(darkest).toEqual({ at: 4, places: 1, residents: 105 })
    expect(lightest).toEqual({ at: 0, places: 1, residents: 55 })
    expect(unknown).toEqual({ at: -1, places: 2, residents: 5 })
    expect([0, 0.2, 0.59, 1].map(colourOf)).toEqual([0, 1, 2, 4])
  })

  it('follow a trial by the villages that it changes', () => {
    const before = byChild(rows, '620802')
    const tried = [row('620802001001', 100, 95), row('620802001002', 0, null)]
    const after = changed(before, new Map(rows.map((one) => [one.place, one])), tried, (village) => childOf(village, '620802'))
    const whole = rows.map((one) => tried.find(({ place }) => place === one.place) ?? one)
    expect(after).toEqual(byChild(whole, '620802'))
    expect(after.get('620802002')).toBe(before.get('620802002'))
    expect(before).toEqual(byChild(rows, '620802'))
  })

  it('go one step down the tree', () => {
    expect(childOf('620802001001', '6208')).toBe('620802')
    expect(childOf('620802001001', '620802001')).toBe('620802001001')
    expect(childOf('620802001001', '620802001001')).toBe('620802001001')
  })
})

describe('trials', () => {
  const shop: CircleFacility = { id: 'a', kind: 'shop', name: 'A', place: '', point: { lon: 1, lat: 1 } }
  const there = { lon: 2, lat: 2 }

  it('move, close and add, and are sent as such', () => {
    let trials = make(untouched, moved(untouched, shop, there))
    expect(toTrials(trials.changes)).toEqual([{ kind: 'shop', close: shop.point, add: there }])
    trials = make(trials, moved(trials, shop, { lon: 3, lat: 3 }))
    expect(toTrials(trials.changes)).toEqual([{ kind: 'shop', close: shop.point, add: { lon: 3, lat: 3 } }])
    trials = make(trials, closed(shop))
    expect(toTrials(trials.changes)).toEqual([{ kind: 'shop', close: shop.point }])
    expect(standing([shop], trials.changes)).toEqual([])
    trials = make(trials, { id: 'n', type: 'add', kind: 'shop', name: 'New', at: there })
    expect(standing([shop], trials.changes).map(({ name }) => name)).toEqual(['New'])
    trials = make(trials, { id: 'p', type: 'path', name: 'Path', from: there, at: shop.point })
    expect(toTrials(trials.changes).at(-1)).toEqual({ path: { from: there, to: shop.point } })
    for (let step = 0; step < 9; step++) trials = undo(trials)
    expect(trials).toEqual(untouched)
  })

  it('can be dropped one by one', () => {
    const trials = drop(make(untouched, closed(shop)), 'a')
    expect(trials.changes).toEqual([])
    expect(undo(trials).changes).toEqual([closed(shop)])
  })
})
