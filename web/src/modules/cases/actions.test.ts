import { expect, it } from 'vitest'

import { ordered, unanswered } from './actions.ts'

it('puts what can be done before what cannot, the usual next step first', () => {
  const names = ordered([
    { action: 'refuse', why_not: null },
    { action: 'accept', why_not: 'case.wrong_stage' },
    { action: 'reply', why_not: null },
  ]).map(({ action }) => action)
  expect(names).toEqual(['reply', 'refuse', 'accept'])
})

it('knows what an action still needs', () => {
  expect(unanswered('reply', { text: '' })).toEqual(['text', 'solved'])
  expect(unanswered('reply', { text: 'done', solved: false })).toEqual([])
  expect(unanswered('whistle', { units: [], text: 'x' })).toEqual(['units'])
  expect(unanswered('accept', {})).toEqual([])
})
