import { expect, it } from 'vitest'

import { codeIn, isPhone, plainPhone } from './model.ts'

it('takes a phone number as people write it', () => {
  expect(plainPhone('+86 138-0013 8000')).toBe('13800138000')
  expect(isPhone('138 0013 8000')).toBe(true)
  expect(isPhone('12800138000')).toBe(false)
  expect(isPhone('1380013800')).toBe(false)
})

it('finds the code of a demonstration', () => {
  const messages = [{ to: '139****1111', text: '验证码 111111' }, { to: '138****8000', text: '您的验证码是482913，5分钟内有效' }]
  expect(codeIn(messages, '13800138000')).toBe('482913')
  expect(codeIn([], '13800138000')).toBe('')
})
