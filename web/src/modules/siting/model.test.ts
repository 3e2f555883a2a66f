import { beforeAll, describe, expect, it } from 'vitest'

import { startTexts } from '../../core/i18n.ts'

import type { Site, SitingQuestion, Spot } from './api.ts'
import { asked, boundText, changesOf, countsText, share, taskText } from './model.ts'

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

describe('what to do with an answer', () => {
  const spot = (name: string, lon: number, more: Partial<Spot> = {}): Spot => ({ source: 'premises', id: name, name, kind: null, place: '620802001001', place_name: '东关社区', point: { lon, lat: 35 }, estimate: false, ...more })
  const site = (name: string, lon: number, replaces: Spot | null = null): Site => ({ ...spot(name, lon), replaces, persons: 5, newly_reached: 5, mean_minutes: 3, lost_without: 5 })
  const old = spot('老食堂', 1, { source: 'facility', kind: 'hospital', id: 'old' })
  const closing = spot('旧站', 2, { source: 'facility', kind: 'clinic', id: 'gone' })
  const answer = { kind: 'clinic', sites: [site('甲楼', 3), site('乙楼', 4, old)], closed: [closing], counts: { new: 1, moved: 1, closed: 1, kept: 0 } }

  it('is tried as what opens, what moves and what closes', () => {
    expect(changesOf(answer)).toEqual([
      { id: 'site-1', type: 'add', kind: 'clinic', name: '1. 甲楼', at: { lon: 3, lat: 35 } },
      { id: 'old', type: 'move', kind: 'hospital', name: '老食堂', from: { lon: 1, lat: 35 }, at: { lon: 4, lat: 35 } },
      { id: 'gone', type: 'close', kind: 'clinic', name: '旧站', from: { lon: 2, lat: 35 } },
    ])
  })

  it('is counted apart', () => {
    expect(countsText(answer)).toBe('新增 1 处、搬迁 1 处、撤并 1 处')
    expect(countsText({ counts: { new: 0, moved: 0, closed: 0, kept: 3 } })).toBe('原有保留 3 处')
  })

  it('is a task that names its sites, as many as fit', () => {
    expect(taskText(answer, '卫生站')).toBe('新建卫生站1处：甲楼；搬迁1处：老食堂迁至乙楼；撤并1处：旧站')
    const many = { ...answer, sites: Array.from({ length: 200 }, (_, at) => site(`第${at}号闲置用房`, at)) }
    const text = taskText(many, '卫生站')
    expect(text.length).toBeLessThanOrEqual(500)
    expect(text).toMatch(/^新建卫生站200处：第0号闲置用房.*等；撤并1处：旧站$/)
  })
})
