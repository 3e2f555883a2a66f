import { expect, it } from 'vitest'

import { csvOf, kindsOf, missingName } from './gaps.ts'

const circle = { key: 'x.life', name: 'life', plan: 'x', mode: 'walk', minutes: { urban: 15, rural: null }, needs: [{ key: 'health', name: 'Health', kinds: ['clinic', 'hospital'], minimum: 1 }, { key: 'shop', kinds: ['shop', 'hospital'], minimum: 1 }] }

it('names what is missing by the need, else by the kind', () => {
  const kinds = [{ key: 'shop', name: 'Shop' }]
  expect(kindsOf(circle)).toEqual(['clinic', 'hospital', 'shop'])
  expect(['health', 'shop', 'new'].map((key) => missingName(key, circle, kinds))).toEqual(['Health', 'Shop', 'new'])
})

it('leaves as a table in which no name becomes a formula', () => {
  const text = csvOf([{ id: '1', place: '62', head_name: '=1+1', located: false, estimate: false, missing: ['a', 'b'] }, { id: '2', place: '62', head_name: null, located: true, estimate: false, missing: ['say "x"'] }], (key) => key, () => 'Here')
  const lines = text.split('\r\n')
  expect(lines[0]?.startsWith('\uFEFF')).toBe(true)
  expect(lines[1]).toMatch(/^"'=1\+1",Here,/)
  expect(lines[2]).toBe('2,Here,"say ""x""",')
})
