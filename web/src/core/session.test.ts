import { beforeEach, describe, expect, it } from 'vitest'

import { holds, may, take, under } from './session.ts'

describe('permissions', () => {
  it('are held exactly, by family, or by a star in the middle', () => {
    expect(holds('case.read', 'case.read')).toBe(true)
    expect(holds('case.*', 'case.assign')).toBe(true)
    expect(holds('register.*.read', 'register.person.read')).toBe(true)
    expect(holds('register.*.read', 'register.person.write')).toBe(false)
    expect(holds('case.read', 'case.reads')).toBe(false)
  })

  it('reach as far as the territory', () => {
    expect(under('620802001', '6208')).toBe(true)
    expect(under('6208', '620802')).toBe(false)
    expect(under('11', '-')).toBe(true)
  })

  describe('of the one signed in', () => {
    beforeEach(() =>
      take({
        account: { id: '1', kind: 'staff', name: 'a', display_name: 'A', place: '6208', place_name: '', unit: '', language: 'zh', elder_view: false },
        grants: [{ role: 'r', place: '6208', place_name: '', permissions: ['case.read'] }],
        acts_for: null,
        csrf_token: 't',
      }),
    )
    it('count inside the territory only', () => {
      expect(may('case.read', '620802')).toBe(true)
      expect(may('case.read', '11')).toBe(false)
      expect(may('case.read')).toBe(true)
      expect(may('place.write')).toBe(false)
    })
  })
})
