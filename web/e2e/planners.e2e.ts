// The planners' pages: no fault, no finding of axe, and everything within reach of the keyboard.
import { afterAll, beforeAll, expect, it } from 'vitest'

import { findings, phone, Platform, watchFaults, world } from './platform.ts'

const platform = new Platform()
beforeAll(() => platform.start())
afterAll(() => platform.stop())

const { village } = world.names
const pages = ['/p/', `/p/?place=${village}`, '/p/plan', '/p/plan/pingliang/indicator?key=pingliang.1', '/p/assess', '/p/reports', '/p/map', '/p/compare?plan2=national', '/p/notices', '/p/quality', `/p/plan/pingliang/indicator?key=pingliang.1&place=${village}`, '/p/settings']

it.each([
  ['at the desk in Chinese', null, 'zh', 'light'],
  ['at the desk in the dark', null, 'zh', 'dark'],
  ['on a phone in English', phone.viewport, 'en', 'light'],
] as const)('open every page %s', async (_name, viewport, language, colorScheme) => {
  const page = await platform.worker('planner', 'p')
  if (viewport) await page.setViewportSize(viewport)
  await page.emulateMedia({ colorScheme })
  await page.evaluate((chosen) => localStorage.setItem('linli.language', chosen), language)
  const faults = watchFaults(page)
  const found: Record<string, string[]> = {}
  for (const path of pages) {
    await page.goto(path, { waitUntil: 'networkidle' })
    await page.getByRole('heading', { level: 1 }).waitFor()
    const wrong = await findings(page)
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    if (overflow > 0) wrong.push(`wider than the screen by ${overflow}`)
    if (wrong.length > 0) found[path] = wrong
  }
  expect(found).toEqual({})
  expect(faults).toEqual([])
})

it('say once that there is no such place, and lead to another', async () => {
  const page = await platform.worker('planner', 'p')
  await page.goto('/p/?place=620809', { waitUntil: 'networkidle' })
  await page.getByRole('heading', { level: 1, name: '620809' }).waitFor()
  await page.getByText('没有这个地点').waitFor()
  expect(await page.getByText(/权限|最基层/).count()).toBe(0)
  await page.getByRole('button', { name: '换一个地方' }).click()
  await page.getByRole('dialog').waitFor()
})

it('walk from the county to a village by keyboard', async () => {
  const page = await platform.worker('planner', 'p')
  const name = page.getByRole('heading', { level: 1 })
  await page.getByRole('button', { name: /^东关街道/ }).focus()
  await page.keyboard.press('Enter')
  await name.filter({ hasText: '东关街道' }).waitFor()
  await page.getByRole('link', { name: '解放中路社区居委会' }).focus()
  await page.keyboard.press('Enter')
  await name.filter({ hasText: '解放中路社区居委会' }).waitFor()
  expect(new URL(page.url()).searchParams.get('place')).toBe(village)
  await page.getByRole('navigation', { name: '所在位置' }).getByRole('link', { name: '崆峒区' }).focus()
  await page.keyboard.press('Enter')
  await name.filter({ hasText: '崆峒区' }).waitFor()
})

it('read what an indicator is made of, and who may open its list', async () => {
  const page = await platform.worker('planner', 'p')
  await page.getByRole('link', { name: '规划指标表' }).click()
  await page.getByRole('link', { name: /^4 / }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: /每百户居民/ }).waitFor()
  await page.getByRole('button', { name: /^查看明细 户数/ }).focus()
  await page.keyboard.press('Enter')
  await page.getByText('名册含个人信息').waitFor()
  expect(await findings(page)).toEqual([])
  await page.reload()
  await page.getByRole('heading', { name: /每百户居民/ }).waitFor()
})

it('tell no data from zero', async () => {
  const page = await platform.worker('planner', 'p')
  await page.goto(`/p/?place=${village}`, { waitUntil: 'networkidle' })
  const tile = (title: string) => page.getByRole('article').filter({ has: page.getByRole('heading', { name: title }) })
  await tile('受理件数').getByText('0', { exact: true }).waitFor()
  await tile('响应率').getByText('暂无数据').waitFor()
})
