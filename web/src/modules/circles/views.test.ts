import { expect, it } from 'vitest'

import { keepView, savedViews } from './views.ts'

it('keeps trials by name, the newest first, and not for ever', () => {
  for (let at = 0; at < 25; at++) keepView({ name: `试${at}`, query: { place: '620802' }, changes: [] })
  keepView({ name: '试20', query: { place: '620821' }, changes: [] })
  const { items } = savedViews()
  expect(items).toHaveLength(20)
  expect(items[0]).toMatchObject({ name: '试20', query: { place: '620821' } })
  expect(new Set(items.map(({ name }) => name)).size).toBe(20)
})
