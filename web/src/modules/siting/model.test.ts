import { beforeAll, describe, expect, it } from 'vitest'

import { startTexts } from '../../core/i18n.ts'

import type { SitingQuestion } from './api.ts'
import { asked, boundText, share } from './model.ts'

beforeAll(() => startTexts([{ zh: () => import('../../texts/common.zh.json'), en: () => import('../../texts/common.en.json') }, { zh: () => import('../../texts/planners.zh.json'), en: () => import('../../texts/planners.en.json') }]))

describe('what an answer says of itself', () => {
  it('is proven the best when the bound is met', () => {
    expect(boundText({ goal: 'most_people', value: 90, bound: 90, gap: 0 })).toContain('已证明')
  })
  it('says how much better any answer could be', () => {
    expect(boundText({ goal: 'most_people', value: 90, bound: 92, gap: 0.0217 })).toContain('2.2%')
    expect(boundText({ goal: 'most_people', value: 9e6, bound: 9e6 + 1, gap: 0.00002 })).toContain('0.1%')
    expect(boundText({ goal: 'fewest_sites', value: 12, bound: 11, gap: 0.09 })).toMatch(/11.*12|12.*11/)
  })
})

it('does not make a share of nobody', () => {
  expect(share(0, 0)).toBeNull()
  expect(share(1, 4)).toBe(0.25)
})

it('asks only what belongs to the goal', () => {
  const form: SitingQuestion = { place: '62', circle: 'c', need: 'n', goal: 'fewest_sites', new_sites: 5, share: 90 }
  expect(asked(form)).toEqual({ place: '62', circle: 'c', need: 'n', goal: 'fewest_sites', share: 90 })
  expect(asked({ ...form, goal: 'least_walk' })).toEqual({ place: '62', circle: 'c', need: 'n', goal: 'least_walk', new_sites: 5 })
})
