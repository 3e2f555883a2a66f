import { expect, it } from 'vitest'

import type { Register, RegisterField } from './api.ts'
import { changedValues, columnsOf, typed, whereOf } from './model.ts'

const field = (name: string, type: RegisterField['type'], listed = false): RegisterField => ({
  name, type, listed, label: { zh: name, en: name }, help: { zh: '', en: '' }, required: false, sensitive: false, sortable: true,
  list: '', to: '', from: '', unit: '', minimum: null, maximum: null, max_length: null, when: null,
})
const register: Register = {
  key: 'facility', name: { zh: 'Facility', en: 'Facility' }, description: { zh: '', en: '' }, symbol: '', title: 'name', may: ['read'], labels: [], derived: [],
  fields: [field('kind', 'choice', true), field('name', 'text', true), field('area', 'decimal'), field('open', 'boolean'), field('groups', 'choices')],
}

it('shows the title first, then what is listed', () => {
  expect(columnsOf(register).map(({ name }) => name)).toEqual(['name', 'kind'])
})

it('writes a filter in the expression language', () => {
  expect(whereOf(register, { kind: 'clinic', open: 'false', groups: 'old' }, '')).toBe('kind = clinic and not open and groups has old')
  expect(whereOf(register, { kind: 'clinic' }, 'area > 20 or open')).toBe('kind = clinic and (area > 20 or open)')
  expect(whereOf(register, {}, ' area > 20 ')).toBe('area > 20')
})

it('sends only what was changed', () => {
  expect(changedValues({ name: 'a', phone: '138****1234', area: 3 }, { name: 'b', phone: '138****1234', area: null, kind: null })).toEqual({ name: 'b', area: null })
})

it('reads numbers, keeps what is not one for the server to refuse', () => {
  const area = field('area', 'decimal')
  expect([typed(area, ' 3.5 '), typed(area, ''), typed(area, 'x')]).toEqual([3.5, null, 'x'])
})
