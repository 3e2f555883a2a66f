import { expect, it } from 'vitest'

import type { Tree } from '../../core/expression.ts'

import { asked, type Ground } from './conditions.ts'

const ground: Ground = { place: '620802001001', urban: false, community_types: [], labels: [], today: '2025-06-01' }
const field = (when: Tree | null) => ({ when })
const variable = (name: string, type: string) => ({ op: 'variable', type, name })

it('asks what has no condition', () => {
  expect(asked(field(null), {}, ground)).toBe(true)
})

it('follows the form as it is filled', () => {
  const retired = field({ op: 'equal', operands: [variable('status', 'choice'), { op: 'literal', type: 'choice', value: 'retired' }] })
  expect(asked(retired, {}, ground)).toBe(false)
  expect(asked(retired, { status: 'retired' }, ground)).toBe(true)
})

it('knows town from country only where the place says so', () => {
  expect(asked(field(variable('rural', 'boolean')), {}, ground)).toBe(true)
  expect(asked(field(variable('rural', 'boolean')), {}, { ...ground, urban: null })).toBe(false)
})
