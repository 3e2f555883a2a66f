// Everybody can use it: both languages, a narrow screen, twice the size, the keyboard alone, the voice.
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { desk, findings, phone, Platform, signInByPhone, watchFaults, world } from './platform.ts'

const platform = new Platform()
beforeAll(() => platform.start())
afterAll(() => platform.stop())

const { village } = world.names
const preferences = (elder: boolean): string => `localStorage.setItem('linli.preferences', JSON.stringify({ place: '${village}', place_name: 'home', elder_view: ${elder} }))`
const residents = ['/r/', '/r/circle', '/r/report', '/r/place', '/r/requests', '/r/track', '/r/notices', '/r/plan', '/r/settings', '/r/sign-in']
const workers = ['/w/', '/w/intake', '/w/search?q=a', '/w/registers', '/w/registers/person', '/w/registers/person/new', `/w/places/${village}`, '/w/accounts', '/w/settings']
const planners = ['/p/', '/p/plan', '/p/plan/pingliang/indicator?key=pingliang.1', '/p/compare', '/p/settings']

// What axe finds and what is wider than the window, by page.
async function look(page: Page, pages: string[]): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {}
  for (const path of pages) {
    await page.goto(path, { waitUntil: 'networkidle' })
    await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' })
    const wrong = await findings(page)
    const wider = await page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth))
    if (wider > 0) wrong.push(`wider than the window by ${wider}`)
    if (wrong.length > 0) found[path] = wrong
  }
  return found
}

const english = `localStorage.setItem('linli.language', 'en')`
const narrow: BrowserContextOptions = { viewport: { width: 320, height: 640 }, locale: 'zh-CN' }
// 200 % zoom halves the window and doubles the pixels.
const zoomed: BrowserContextOptions = { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2, locale: 'zh-CN' }

describe.each([
  ['in English', desk, english],
  ['at 320 pixels', narrow, ''],
  ['at 200 %', zoomed, ''],
] as const)('every page %s', (_name, options, script) => {
  it('of the residents', async () => {
    const context = await platform.context(options)
    await context.addInitScript(preferences(false) + ';' + script)
    const page = await context.newPage()
    const faults = watchFaults(page)
    expect(await look(page, residents)).toEqual({})
    expect(faults).toEqual([])
  })

  it.each([
    ['w', 'operator', [...workers, '/w/web-hooks']],
    ['p', 'planner', planners],
  ] as const)('of the face %s', async (face, who, pages) => {
    const page = await platform.worker(who, face, options)
    if (script) await page.evaluate(script)
    const faults = watchFaults(page)
    expect(await look(page, [...pages])).toEqual({})
    expect(faults).toEqual([])
  })
})

// The focus goes from control to control; the wanted one is reached by Tab alone.
async function tabTo(page: Page, wanted: string | RegExp): Promise<void> {
  for (let step = 0; step < 80; step++) {
    const name = await page.evaluate(() => {
      const at = document.activeElement as HTMLElement | null
      if (!at?.matches('a, button, input, textarea, select, summary, [role=button]')) return ''
      const label = at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement || at instanceof HTMLSelectElement ? [...(at.labels ?? [])].map((one) => one.textContent).join() : ''
      return (at.getAttribute('aria-label') ?? (label || at.textContent) ?? '').trim()
    })
    if (typeof wanted === 'string' ? name.startsWith(wanted) : wanted.test(name)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`not reached by Tab: ${wanted.toString()}`)
}
async function press(page: Page, name: string | RegExp, key = 'Enter'): Promise<void> {
  await tabTo(page, name)
  await page.keyboard.press(key)
}

it('goes round the whole loop by keyboard', async () => {
  const context = await platform.context({ ...desk })
  await context.addInitScript(preferences(false))
  const page = await context.newPage()
  await page.goto('/r/sign-in')
  await signInByPhone(page, '13900000051', '孙丽')
  await page.getByRole('link', { name: /反映一件事/ }).waitFor()
  await page.goto('/r/')
  await press(page, /^反映一件事/)
  await page.getByLabel(/查一查/).waitFor()
  await tabTo(page, /查一查/)
  await page.keyboard.type('路灯')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await press(page, '下一步')
  await page.getByRole('heading', { name: '说说什么情况' }).waitFor()
  await tabTo(page, /什么情况/)
  await page.keyboard.type('只用键盘报的路灯')
  await press(page, '下一步')
  await page.getByRole('heading', { name: '在哪里？' }).waitFor()
  await press(page, '提交')
  await page.getByText('已收到，正在分派').waitFor()

  const township = await platform.worker('dispatcher')
  await press(township, /只用键盘报的路灯/)
  await press(township, '派单')
  const home = (await (await fetch(`${platform.url}/api/v1/places/${village}`)).json()) as { name: string }
  const choice = township.getByRole('dialog').getByLabel(home.name, { exact: true })
  await choice.waitFor()
  await choice.focus()
  await township.keyboard.press('Space')
  await press(township, '派单')
  await township.getByText('待接单').first().waitFor()

  const worker = await platform.worker('worker')
  await press(worker, /只用键盘报的路灯/)
  await press(worker, '接单')
  await worker.getByRole('dialog').waitFor()
  await press(worker, '接单')
  await press(worker, '答复')
  await worker.getByRole('dialog').waitFor()
  await tabTo(worker, /说明/)
  await worker.keyboard.type('已经修好。')
  await worker.keyboard.press('Tab')
  await worker.keyboard.press('Space')
  await press(worker, '答复')
  await worker.getByText('已答复待评价').first().waitFor()

  await page.getByText('已经修好。').first().waitFor()
  // Arrows choose among the stars; before the first comes the last.
  await tabTo(page, /很不满意/)
  await page.keyboard.press('ArrowLeft')
  await press(page, '提交评价')
  await page.getByText('您的评价：很满意').waitFor()
})

// Headless Chromium has no voices: what the page asks of the browser's own speech is what is tested.
const speech = `
  window.spoken = []
  Object.defineProperty(window, 'speechSynthesis', { value: { cancel() {}, speak: (one) => window.spoken.push(one.text) } })
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } }
  window.SpeechRecognition = class extends EventTarget {
    start() { setTimeout(() => { const heard = new Event('result'); heard.resultIndex = 0; heard.results = [Object.assign([{ transcript: '楼道灯坏了' }], { isFinal: true })]; this.dispatchEvent(heard); this.dispatchEvent(new Event('end')) }, 50) }
    stop() {}
  }`

it('types by voice and reads aloud where the browser can, and offers neither where it cannot', async () => {
  const context = await platform.context(phone)
  await context.addInitScript(preferences(true) + ';' + speech)
  const page = await context.newPage()
  await page.goto('/r/')
  await page.getByRole('button', { name: '读给我听' }).click()
  expect(await page.evaluate(() => (globalThis as unknown as { spoken: string[] }).spoken.join())).toContain('反映身边的事')
  await page.goto('/r/report')
  await page.getByRole('button', { name: '说话输入' }).click()
  await page.waitForFunction(() => document.querySelector('textarea')?.value === '楼道灯坏了')

  const without = await platform.context(phone)
  await without.addInitScript(preferences(true) + `; delete window.webkitSpeechRecognition; delete window.SpeechRecognition; delete window.speechSynthesis`)
  const silent = await without.newPage()
  await silent.goto('/r/report')
  await silent.getByLabel(/什么情况/).waitFor()
  expect(await silent.getByRole('button', { name: '说话输入' }).count()).toBe(0)
})
