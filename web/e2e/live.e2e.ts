// Pages that follow what happens: nobody reloads, and everybody sees it.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { findings, phone, Platform, signInByPhone, world } from './platform.ts'

const platform = new Platform()
beforeAll(() => platform.start())
afterAll(() => platform.stop())

const home = `localStorage.setItem('linli.preferences', JSON.stringify({ place: '${world.names['village']}', place_name: 'home' }))`

async function resident(number: string, name: string): Promise<Page> {
  const context = await platform.context(phone)
  await context.addInitScript(home)
  const page = await context.newPage()
  await page.goto('/r/sign-in')
  await signInByPhone(page, number, name)
  await page.getByRole('link', { name: /反映一件事/ }).waitFor()
  return page
}

async function report(page: Page, words: string): Promise<void> {
  await page.goto('/r/report')
  await page.getByLabel(/查一查/).fill('路灯')
  await page.getByText('路灯').last().click()
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByLabel(/什么情况/).fill(words)
  await page.getByRole('button', { name: '下一步' }).click()
}

it('shows a new request in the queue and in the cockpit, and its handling to the resident', async () => {
  const cockpit = await platform.worker('planner', 'p')
  const opened = cockpit.getByRole('article').filter({ hasText: '受理件数' }).locator('.value')
  await opened.filter({ hasText: /^0$/ }).waitFor()
  const queue = await platform.worker('dispatcher')
  await queue.getByText('没有待办事项').waitFor()

  const page = await resident('13900000031', '周明')
  await report(page, '路口的路灯整夜不亮')
  await page.getByRole('button', { name: '提交' }).click()
  await page.getByText('已收到，正在分派').waitFor()
  await queue.getByRole('link', { name: /路灯整夜不亮/ }).waitFor()
  await opened.filter({ hasText: /^1$/ }).waitFor()

  await queue.getByRole('link', { name: /路灯整夜不亮/ }).click()
  await queue.getByRole('button', { name: '派单' }).click()
  const village = (await (await fetch(`${platform.url}/api/v1/places/${world.names['village']}`)).json()) as { name: string }
  await queue.getByRole('dialog').getByLabel(village.name, { exact: true }).check()
  await queue.getByRole('dialog').getByRole('button', { name: '派单' }).click()
  await page.getByText(village.name).nth(1).waitFor()
})

it('lets a second resident join, and a worker join a third to the first', async () => {
  const page = await resident('13900000032', '吴芳')
  await report(page, '路口的路灯整夜不亮，看不清路')
  await page.getByRole('button', { name: '我也遇到' }).first().click()
  await page.getByText('已记下').waitFor()

  const other = await resident('13900000033', '郑强')
  await report(other, '路口路灯整夜不亮')
  await other.getByRole('button', { name: '提交' }).click()
  await other.getByText('已收到，正在分派').waitFor()

  const queue = await platform.worker('dispatcher')
  await queue.getByRole('link', { name: /路口路灯整夜不亮$/ }).click()
  await queue.getByRole('heading', { name: '可能是同一件事' }).waitFor()
  expect(await findings(queue)).toEqual([])
  await queue.getByRole('button', { name: /合并到这一件/ }).click()
  await queue.getByRole('dialog').getByRole('button', { name: '合并' }).click()
  await queue.getByRole('heading', { name: '相关事项' }).waitFor()
})

it('says where on a map, as a point of the earth, and leaves the list first', async () => {
  const page = await resident('13900000034', '冯丽')
  await report(page, '井盖松动的声音')
  await page.getByRole('button', { name: '在地图上指出位置' }).click()
  const shape = page.getByRole('button', { name: '解放北路社区居委会' }).locator('path')
  await shape.click()
  await page.getByText('已在地图上标出位置').waitFor()
  expect(await findings(page)).toEqual([])
  await page.getByRole('button', { name: '提交' }).click()
  await page.getByText('已收到，正在分派').waitFor()
  const id = new URL(page.url()).pathname.split('/').pop() ?? ''
  const filed = await page.evaluate(async (of) => (await fetch(`/api/v1/my/cases/${of}`)).json() as Promise<{ place: string; point: { lon: number; lat: number } }>, id)
  const at = (await (await fetch(`${platform.url}/api/v1/places/at?lon=${filed.point.lon}&lat=${filed.point.lat}`)).json()) as { code: string }
  expect(at.code).toBe(filed.place)
})

it('takes language and large type to another device', async () => {
  const first = await platform.worker('grid')
  await first.goto('/w/settings')
  await first.getByText('大字版').click()
  await first.getByText('English').click()
  await first.getByRole('heading', { name: 'Settings' }).waitFor()
  await first.waitForLoadState('networkidle')

  const second = await platform.worker('grid')
  await second.getByRole('heading', { name: 'Requests' }).waitFor()
  expect(await second.evaluate(() => document.documentElement.hasAttribute('data-elder'))).toBe(true)
})

it('opens a figure into exactly the records that it counts', async () => {
  const page = await platform.worker('planner', 'p')
  const behind = await page.evaluate(async (county) => {
    const answer = await fetch(`/api/v1/figures/requests_opened/records?place=${county}&period=${new Date().getFullYear()}`)
    return (await answer.json()) as { items: { count: number; link: string }[] }
  }, world.names['county'])
  const [list] = behind.items
  expect(list?.count).toBeGreaterThan(1)
  const reader = await platform.worker('dispatcher')
  await reader.goto(`/w/${list?.link.slice(list.link.indexOf('?')) ?? ''}`, { waitUntil: 'networkidle' })
  expect(await reader.getByRole('link', { name: /路灯/ }).count()).toBe(list?.count)
})
