import { beforeAll, expect, it } from 'vitest'

import { startTexts } from '../../core/i18n.ts'

import { printedWithUnit, withUnit } from './words.ts'

beforeAll(() => startTexts([{ zh: () => import('../../texts/common.zh.json'), en: () => import('../../texts/common.en.json') }]))

it('sets signs close to a number and words apart', () => {
  expect([withUnit(99.5, '%'), withUnit(14.52, 'per_10_000'), withUnit(30, 'm2'), withUnit(4, 'count')]).toEqual(['99.5%', '14.5/万人', '30 m²', '4'])
  expect(withUnit(null, '%')).toBe('暂无数据')
})

it('a goal that the plan prints without its unit gets it', () => {
  expect(['80', '≥12', '95%以上', 'full'].map((printed) => printedWithUnit(printed, '%'))).toEqual(['80%', '≥12%', '95%以上', 'full'])
})
