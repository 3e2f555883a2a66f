// The closed loop as people go through it: reported on a phone, handled at the desk, rated.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { findings, phone, Platform, redSquare, signInByPhone, watchFaults, world } from './platform.ts'

const platform = new Platform()
const words = '巷口的路灯三天没亮了，老人晚上不敢出门'
let resident: Page
let faults: string[]

beforeAll(async () => {
  await platform.start()
  resident = await (await platform.context(phone)).newPage()
  faults = watchFaults(resident)
})
afterAll(() => platform.stop())

const fileOne = async (page: Page): Promise<void> => {
  await page.goto('/r/report')
  await page.getByLabel(/查一查/).fill('路灯')
  await page.getByText('路灯').last().click()
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByLabel(/什么情况/).fill(words)
  await page.locator('input[type=file]').setInputFiles({ name: 'lamp.png', mimeType: 'image/png', buffer: redSquare })
  await page.getByRole('img', { name: '照片 1' }).waitFor()
  await page.getByRole('button', { name: '下一步' }).click()
}

describe('a resident', () => {
  it('says where home is, by name', async () => {
    await resident.goto('/r/')
    await resident.getByRole('link', { name: '选择我住的地方' }).first().click()
    const village = (await (await fetch(`${platform.url}/api/v1/places/${world.names['village']}`)).json()) as { name: string }
    await resident.getByLabel('查找地点').fill(village.name)
    await resident.getByRole('button', { name: new RegExp(village.name) }).first().click()
    await resident.getByRole('heading', { name: new RegExp(village.name) }).waitFor()
    expect(await findings(resident)).toEqual([])
  })

  it('files a request in three steps and signs in at the end', async () => {
    await fileOne(resident)
    expect(await findings(resident)).toEqual([])
    await signInByPhone(resident, '13900000011', '李建国')
    await resident.getByRole('heading', { name: /路灯/ }).waitFor()
    await resident.getByText('已收到，正在分派').waitFor()
    const shown = resident.getByRole('img', { name: '照片 1' })
    await shown.scrollIntoViewIfNeeded()
    await resident.waitForFunction(() => [...document.images].every((image) => image.complete && image.naturalWidth > 0))
    expect(await findings(resident)).toEqual([])
    expect(faults).toEqual([])
  })
})

describe('the desk', () => {
  it('finds it in the queue, passes it on, answers', async () => {
    const page = await platform.worker('dispatcher')
    const desk_faults = watchFaults(page)
    await page.getByRole('link', { name: /路灯/ }).first().click()
    await page.getByRole('heading', { name: /路灯/ }).waitFor()
    expect(await findings(page)).toEqual([])
    await page.getByRole('button', { name: '派单' }).click()
    const village = (await (await fetch(`${platform.url}/api/v1/places/${world.names['village']}`)).json()) as { name: string }
    await page.getByRole('dialog').getByLabel(village.name, { exact: true }).check()
    expect(await findings(page)).toEqual([])
    await page.getByRole('dialog').getByRole('button', { name: '派单' }).click()
    await page.getByText('待接单').first().waitFor()
    expect(desk_faults).toEqual([])

    const worker = await platform.worker('worker')
    await worker.getByRole('link', { name: /路灯/ }).first().click()
    await worker.getByRole('button', { name: '接单' }).click()
    await worker.getByRole('dialog').getByRole('button', { name: '接单' }).click()
    await worker.getByRole('button', { name: '答复' }).click()
    await worker.getByLabel(/说明/).fill('路灯已更换，今晚恢复照明。')
    await worker.getByText('已经解决').click()
    await worker.getByRole('dialog').getByRole('button', { name: '答复' }).click()
    await worker.getByText('已答复待评价').first().waitFor()
    expect(await findings(worker)).toEqual([])
  })

  it('says why a button is grey', async () => {
    const page = await platform.worker('worker')
    await page.goto('/w/?order=opened')
    await page.getByRole('link', { name: /路灯/ }).first().click()
    await page.getByText(/现在不能做的/).click()
    const close = page.getByRole('button', { name: '办结' })
    expect(await close.getAttribute('aria-disabled')).toBe('true')
    await close.hover()
    await page.getByRole('tooltip').filter({ visible: true }).waitFor()
  })
})

describe('the resident again', () => {
  it('reads the answer, confirms and rates', async () => {
    await resident.reload()
    await resident.getByText('路灯已更换，今晚恢复照明。').first().waitFor()
    await resident.getByText('很满意').click()
    await resident.getByRole('button', { name: '提交评价' }).click()
    await resident.getByText('您的评价：很满意').waitFor()
    expect(await findings(resident)).toEqual([])
  })
})
