// Every page of the workers' and residents' faces opens without a fault and without a finding of axe.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { desk, findings, overflow, phone, Platform, redSquare, watchFaults, world } from './platform.ts'

const platform = new Platform()
beforeAll(() => platform.start())
afterAll(() => platform.stop())

describe('workers', () => {
  const pages = ['/w/', '/w/intake', '/w/search?q=a', '/w/registers', '/w/registers/person', '/w/registers/person/new', '/w/registers/person/import', '/w/registers/facility/new', `/w/places/${world.names['village']}`, '/w/accounts', '/w/settings']
  it.each([
    ['a desk', desk],
    ['a phone', phone],
  ])('open every page on %s', async (_name, options) => {
    const page = await platform.worker('dispatcher', 'w', options)
    const faults = watchFaults(page)
    const found: Record<string, string[]> = {}
    for (const path of pages) {
      await page.goto(path, { waitUntil: 'networkidle' })
      await page.getByRole('heading', { level: 1 }).waitFor()
      const wrong = await findings(page)
      const wider = await overflow(page)
      if (wider > 0) wrong.push(`wider than the screen by ${wider}`)
      if (wrong.length > 0) found[path] = wrong
    }
    expect(found).toEqual({})
    expect(faults).toEqual([])
  })

  it('keep a record, and read what is wrong with one at its field', async () => {
    const page = await platform.worker('worker')
    await page.goto('/w/registers/person/new')
    await page.getByLabel(/公民身份号码/).fill('620802195003011234')
    await page.getByLabel(/公民身份号码/).blur()
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByRole('alert').waitFor()
    expect(await findings(page)).toEqual([])
    await page.getByLabel(/^姓名/).fill('赵德海')
    await page.getByLabel(/^居住类型/).selectOption({ index: 1 })
    await page.getByLabel(/公民身份号码/).fill('')
    await page.getByLabel(/公民身份号码/).blur()
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByRole('heading', { name: '赵德海' }).waitFor()
    await page.goto('/w/registers/person?q=zdh')
    await page.getByRole('link', { name: '赵德海' }).waitFor()
    expect(await findings(page)).toEqual([])
  })
})

it('keep a picture with a record, drawn anew by the server', async () => {
  const page = await platform.worker('worker')
  await page.goto('/w/registers/facility/new')
  await page.getByLabel(/^名称/).fill('便民服务站')
  await page.getByLabel(/^类型/).selectOption({ index: 1 })
  await page.getByLabel(/^正常运行/).selectOption('true')
  await page.locator('input[type=file]').setInputFiles({ name: 'hall.png', mimeType: 'image/png', buffer: redSquare })
  await page.getByRole('img', { name: '照片 1' }).waitFor()
  expect(await findings(page)).toEqual([])
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByRole('heading', { name: '便民服务站' }).waitFor()
  await page.waitForFunction(() => [...document.images].length === 1 && [...document.images].every((image) => image.complete && image.naturalWidth > 0))
  const source = await page.getByRole('img', { name: '照片 1' }).getAttribute('src')
  // Its bytes are the server's own; others who may read the record see it too, once it has been given.
  const other = await platform.worker('dispatcher')
  await other.waitForFunction(async (url) => (await fetch(url)).ok, source ?? '', { polling: 500 })
  const stranger = await platform.worker('neighbour')
  expect(await stranger.evaluate(async (url) => (await fetch(url)).status, source ?? '')).toBe(404)
})

describe('residents', () => {
  it.each([
    ['a phone', phone, false],
    ['a desk', desk, false],
    ['the elder view', phone, true],
  ])('open every page on %s', async (_name, options, elder_view) => {
    const context = await platform.context(options)
    await context.addInitScript(`localStorage.setItem('linli.preferences', JSON.stringify({ elder_view: ${elder_view} }))`)
    const page = await context.newPage()
    const faults = watchFaults(page)
    const found: Record<string, string[]> = {}
    for (const path of ['/r/', '/r/report', '/r/place', '/r/requests', '/r/track', '/r/notices', '/r/plan', '/r/settings', '/r/sign-in', '/r/nowhere']) {
      await page.goto(path, { waitUntil: 'networkidle' })
      const wrong = await findings(page)
      const wider = await overflow(page)
      if (wider > 0) wrong.push(`wider than the screen by ${wider}`)
      if (wrong.length > 0) found[path] = wrong
    }
    expect(found).toEqual({})
    expect(faults).toEqual([])
  })

  it('read English when they choose it', async () => {
    const page = await (await platform.context(phone)).newPage()
    await page.goto('/r/')
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('link', { name: /Report something/ }).waitFor()
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('en')
    await page.goto('/r/settings')
    await page.getByRole('heading', { name: 'Settings' }).waitFor()
  })
})
