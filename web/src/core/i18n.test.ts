import { computed } from 'vue'
import { beforeAll, expect, it } from 'vitest'

import { knows, language, setLanguage, startTexts, t, textOf } from './i18n.ts'

const part = (zh: object, en: object) => ({ zh: async () => ({ default: zh as never }), en: async () => ({ default: en as never }) })

beforeAll(() =>
  startTexts([
    part({ greeting: '{name}，您好，{name}', case: { open: '待办' } }, { greeting: 'Hello {name}', case: { open: 'open' } }),
    part({ case: { closed: '已办结' } }, { case: { closed: 'closed' } }),
  ]),
)

it('fills in names, every time they stand there, and leaves nothing where a value is missing', () => {
  expect(t('greeting', { name: '王秀英' })).toBe('王秀英，您好，王秀英')
  expect(t('greeting')).toBe('，您好，')
})

it('joins the catalogues of a face, and shows the key of a text that is not there', () => {
  expect([t('case.open'), t('case.closed')]).toEqual(['待办', '已办结'])
  expect([knows('case.open'), knows('case'), knows('case.gone')]).toEqual([true, false, false])
  expect(t('case.gone')).toBe('case.gone')
})

it('changes every text that is shown when the language changes', async () => {
  const shown = computed(() => `${t('case.open')} ${textOf({ zh: '中', en: 'en' })}`)
  expect(shown.value).toBe('待办 中')
  await setLanguage('en')
  expect([shown.value, language(), document.documentElement.lang]).toEqual(['open en', 'en', 'en'])
  await setLanguage('zh')
  expect(shown.value).toBe('待办 中')
})
