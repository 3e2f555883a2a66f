// Weak networks and old phones: what is written survives and is sent exactly once; the first load is small.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { phone, Platform, signInByPhone, world } from './platform.ts'

const platform = new Platform()
beforeAll(() => platform.start())
afterAll(() => platform.stop())

const preferences = `localStorage.setItem('linli.preferences', JSON.stringify({ place: '${world.names['quiet_village']}', place_name: 'quiet' }))`

async function write(page: Page, words: string): Promise<void> {
  await page.getByRole('radio').first().waitFor({ state: 'attached' })
  await page.getByLabel(/查一查/).fill('路灯')
  await page.getByText('路灯').last().click()
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByLabel(/什么情况/).fill(words)
}

it('sends a request that was made offline once, after the page was closed meanwhile', async () => {
  const context = await platform.context({ ...phone, serviceWorkers: 'allow' })
  await context.addInitScript(preferences)
  const page = await context.newPage()
  await page.goto('/r/sign-in')
  await signInByPhone(page, '13900000021', '王秀英')
  await page.getByRole('link', { name: /反映一件事/ }).waitFor()
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
  await page.goto('/r/report')
  await write(page, '断网时写下的一件事')

  await context.setOffline(true)
  await page.reload()
  await page.getByText('这是您上次没填完的内容。').waitFor()
  expect(await page.getByLabel(/什么情况/).inputValue()).toBe('断网时写下的一件事')
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByRole('button', { name: '提交' }).click()
  await page.getByText('等待发送').waitFor()
  await page.close()

  await context.setOffline(false)
  const later = await context.newPage()
  await later.goto('/r/requests')
  await later.getByText('断网时写下的一件事').waitFor()
  await later.getByText('等待发送').waitFor({ state: 'detached' })
  await later.reload()
  await later.getByText('断网时写下的一件事').waitFor()
  expect(await later.getByText('断网时写下的一件事').count()).toBe(1)
})

it('loads the home page of a phone in at most 100 KB', async () => {
  const context = await platform.context(phone)
  await context.addInitScript(preferences)
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  let received = 0
  session.on('Network.loadingFinished', ({ encodedDataLength }) => (received += encodedDataLength))
  await page.goto('/r/', { waitUntil: 'networkidle' })
  expect(received).toBeLessThan(100 * 1024)
})

it('asks nobody but its own server', async () => {
  const context = await platform.context(phone)
  const page = await context.newPage()
  const strangers: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith(platform.url) && !request.url().startsWith('blob:') && !request.url().startsWith('data:')) strangers.push(request.url())
  })
  for (const path of ['/r/', '/r/report', '/r/place', '/w/', '/p/']) await page.goto(path, { waitUntil: 'networkidle' })
  expect(strangers).toEqual([])
})

it('can be used with the keyboard alone', async () => {
  const context = await platform.context({ ...phone, hasTouch: false, isMobile: false })
  await context.addInitScript(preferences)
  const page = await context.newPage()
  await page.goto('/r/report')
  await page.getByLabel(/查一查/).focus()
  await page.keyboard.type('路灯')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '说说什么情况' }).waitFor()
  await page.keyboard.press('Tab')
  await page.keyboard.type('用键盘写的')
  expect(await page.getByLabel(/什么情况/).inputValue()).toBe('用键盘写的')
})
