import { describe, expect, it } from 'vitest'

import type { Circle } from '../../core/content.ts'

import type { Reached } from './api.ts'
import { aloud, circleMinutes, groupsOf, isMissing, middleOf, search } from './guide.ts'

const at = (kind: string, name: string, minutes: number): Reached => ({ kind, name, pinyin: name === 'Library' ? 'tushuguan tsg' : '', place: '', address: `${name} street`, phone: '', point: { lon: 0, lat: 0 }, minutes, estimate: false })
const kinds = ['canteen', 'clinic', 'library'].map((key) => ({ key, name: key }))
const circle: Circle = {
  key: 'x.life', name: 'life', plan: 'x', mode: 'walk', minutes: { urban: 15, rural: null },
  needs: [{ key: 'canteen', kinds: ['canteen'], minimum: 1 }, { key: 'health', name: 'Health', kinds: ['clinic', 'hospital'], minimum: 2 }],
}
const items = [at('library', 'Library', 3), at('clinic', 'Near clinic', 4), at('canteen', 'Far canteen', 21), at('hospital', 'Hospital', 24)]

describe('the guide', () => {
  const groups = groupsOf(items, circle, kinds, 15)

  it('puts what the circle asks for first and says what is missing and where the nearest is', () => {
    expect(groups.map(({ name }) => name)).toEqual(['canteen', 'Health', 'library'])
    expect(groups.map(isMissing)).toEqual([true, true, false])
    expect(groups[0]?.beyond?.name).toBe('Far canteen')
    expect(groups[1]).toMatchObject({ minimum: 2, within: [{ name: 'Near clinic' }], beyond: { name: 'Hospital' } })
  })

  it('finds by name, address and pinyin', () => {
    expect(search(groups, 'tsg').map(({ key }) => key)).toEqual(['library'])
    expect(search(groups, 'near clinic st')[0]?.within.map(({ name }) => name)).toEqual(['Near clinic'])
    expect(search(groups, 'health')[0]?.within.length).toBe(1)
    expect(search(groups, 'nothing')).toEqual([])
  })

  it('counts by kind where there is no circle', () => {
    const plain = groupsOf(items, undefined, kinds, 15)
    expect(plain.map(({ key }) => key)).toEqual(['library', 'clinic'])
    expect(plain.some(isMissing)).toBe(false)
  })

  it('takes the minutes that the plan sets for such a place', () => {
    expect(circleMinutes(circle, true)).toBe(15)
    expect(circleMinutes({ ...circle, minutes: { urban: 15, rural: 20 } }, false)).toBe(20)
    expect(circleMinutes(circle, false)).toBe(15)
  })

  it('reads aloud no more than the list says', () => {
    expect(aloud(groups, 'home', 15).split('\n').length).toBe(2)
  })
})

it('finds the middle of a place on its outline', () => {
  const ring = [[106, 35], [107, 35], [107, 36], [106, 36], [106, 35]]
  const middle = middleOf({ type: 'FeatureCollection', features: [{ type: 'Feature', properties: { code: 'a', name: 'a', synthetic: true }, geometry: { type: 'Polygon', coordinates: [ring] } }] }, 'a')
  expect(middle?.lon).toBeCloseTo(106.5, 5)
  expect(middle?.lat).toBeCloseTo(35.5, 5)
})
