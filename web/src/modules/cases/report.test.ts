import { describe, expect, it } from 'vitest'
import { reactive } from 'vue'

import { emptyReport, groupsOf, isEmpty, missing, stepsOf, toSend } from './report.ts'

const report = { ...emptyReport('id', '620802001001', 'x'), subject: 'noise', description: ' too loud ' }

describe('a report', () => {
  it('takes three steps, two in the elder view, and asks for the same', () => {
    expect(stepsOf(false)).toHaveLength(3)
    expect(stepsOf(true)).toHaveLength(2)
    expect(stepsOf(true).flat().sort()).toEqual(stepsOf(false).flat().sort())
  })

  it('says what is missing in the sections shown, and only there', () => {
    const nothing = emptyReport('id', '', '')
    expect(missing(nothing, ['subject']).map(({ field }) => field)).toEqual(['subject'])
    expect(missing(nothing, ['what', 'where']).map(({ field }) => field)).toEqual(['description', 'place'])
    expect(missing(report, ['subject', 'what', 'where'])).toEqual([])
    expect(missing({ ...report, place: '620802' }, ['where'])).toHaveLength(1)
  })

  it('is sent under its own id, photos under keys of their own', () => {
    const sent = toSend({ ...report, photos: [new Blob(['a']), new Blob(['b'])] }, 'resident_request', 5, (() => { let n = 0; return () => `k${n++}` })())
    expect(sent.id).toBe('id')
    expect(sent.body).toMatchObject({ id: 'id', kind: 'resident_request', form: { subject: 'noise', description: 'too loud' } })
    expect(sent.uploads.map(({ key }) => key)).toEqual(['k0', 'k1'])
  })

  it('can be kept on the device with its point', () => {
    const made = reactive({ ...report, point: { lon: 106.6, lat: 35.5 } })
    expect(structuredClone(toSend(made, 'resident_request', 5, () => 'k').body)).toMatchObject({ point: { lon: 106.6, lat: 35.5 } })
  })

  it('is empty until something was said', () => {
    expect(isEmpty(emptyReport('id', '620802001001', 'x'))).toBe(true)
    expect(isEmpty(report)).toBe(false)
  })
})

it('groups subjects under their parents', () => {
  const groups = groupsOf([{ key: 'a', name: 'A' }, { key: 'b', name: 'B', parent: 'a' }, { key: 'c', name: 'C' }])
  expect(groups.map(({ group, members }) => [group.key, members.map(({ key }) => key)])).toEqual([['a', ['b']], ['c', []]])
})
