// A platform with a small world (tests/world.json), started with the program that LINLI names, and
// a browser looking at it.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core'

interface World {
  divisions: string
  region: string
  password: string
  names: Record<string, string>
  users: { name: string; unit?: string; grants: string[] }[]
}

const root = resolve(import.meta.dirname, '../..')
export const world = JSON.parse(readFileSync(join(root, 'tests/world.json'), 'utf8')) as World
const axe = readFileSync(join(import.meta.dirname, '../node_modules/axe-core/axe.min.js'), 'utf8')

export const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, locale: 'zh-CN' }
// A red square of 8 by 8 pixels.
export const redSquare = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGP4z8CAFWEXHbQSACj/P8Fu7N9hAAAAAElFTkSuQmCC', 'base64')
export const desk = { viewport: { width: 1440, height: 900 }, locale: 'zh-CN' }

export class Platform {
  url = ''
  private readonly data = mkdtempSync(join(tmpdir(), 'linli-e2e-'))
  private server: ChildProcess | undefined
  private browser: Browser | undefined

  private command(linli: string, ...words: string[]): void {
    execFileSync(linli, [...words, '--data', this.data], { cwd: root, env: { ...process.env, LINLI_LANGUAGE: 'en' }, stdio: 'pipe' })
  }

  async start(): Promise<void> {
    const program = process.env['LINLI']
    if (!program) throw new Error('LINLI names no program')
    const linli = resolve(program)
    this.command(linli, 'import', 'divisions', world.divisions, '--region', world.region, '--create', '--demo-outbox')
    for (const user of world.users) {
      const grants = user.grants.flatMap((grant) => ['--grant', grant.replace(/\{(\w+)\}/, (_, name: string) => world.names[name] ?? '')])
      this.command(linli, 'user', 'create', '--name', user.name, '--password', world.password, ...(user.unit ? ['--unit', user.unit] : []), ...grants)
    }
    const server = spawn(linli, ['serve', '--data', this.data, '--port', '0', '--web', join(root, 'web/dist')], { cwd: root, env: { ...process.env, LINLI_LANGUAGE: 'en' }, stdio: ['ignore', 'pipe', 'pipe'] })
    this.server = server
    this.url = await new Promise((found, failed) => {
      let said = ''
      server.stdout.on('data', (bytes: Buffer) => {
        said += bytes.toString()
        const address = /http:\/\/\S+/.exec(said)
        if (address) found(address[0].replace(/\/$/, '').replace(/\/\/[^:/]+/, '//localhost'))
      })
      server.stderr.resume()
      server.on('exit', (code) => failed(new Error(`the server ended with ${code}`)))
    })
    this.browser = await chromium.launch({
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--enable-unsafe-swiftshader'],
    })
  }

  async stop(): Promise<void> {
    await this.browser?.close()
    const { server } = this
    if (server) {
      const ended = new Promise((done) => server.once('exit', done))
      server.kill('SIGTERM')
      await ended
    }
    rmSync(this.data, { recursive: true })
  }

  // Streets for the running server, from the text of an OpenStreetMap file.
  importStreets(text: string): void {
    const file = join(this.data, 'streets.osm')
    writeFileSync(file, text)
    this.importMap(file)
  }

  // The same from a file that is there.
  importMap(file: string): void {
    this.command(resolve(process.env['LINLI'] ?? ''), 'import', 'osm', file)
  }

  async context(options: BrowserContextOptions): Promise<BrowserContext> {
    if (!this.browser) throw new Error('not started')
    return this.browser.newContext({ baseURL: this.url, serviceWorkers: 'block', ...options })
  }

  async worker(name: string, face: 'w' | 'p' = 'w', options: BrowserContextOptions = desk, context?: BrowserContext): Promise<Page> {
    const page = await (context ?? (await this.context(options))).newPage()
    await page.goto(`/${face}/`)
    await page.getByLabel('用户名').fill(name)
    await page.getByLabel('密码').fill(world.password)
    await page.getByRole('button', { name: '登录' }).click()
    await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'))
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    return page
  }
}

// Asks the phone form for a code, takes it from the demonstration's outbox, and enters.
export async function signInByPhone(page: Page, number: string, name: string): Promise<void> {
  await page.getByLabel('手机号').fill(number)
  await page.getByRole('button', { name: '获取验证码' }).click()
  await page.getByRole('button', { name: /^\d{6}$/ }).click()
  await page.getByLabel(/怎么称呼您/).fill(name)
  await page.getByRole('button', { name: '登录' }).click()
}

// What axe finds against WCAG 2.2 A and AA and its good practices, one line a finding; colours on their
// way from one to another are looked at when they have arrived.
export async function findings(page: Page): Promise<string[]> {
  await page.evaluate(() => Promise.allSettled(document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity).map(({ finished }) => finished)))
  await page.evaluate(axe)
  return page.evaluate(async () => {
    interface Result {
      violations: { id: string; nodes: { html: string }[] }[]
    }
    const { axe } = globalThis as unknown as { axe: { run: (node: Document, options: object) => Promise<Result> } }
    const { violations } = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)
  })
}

// How far the page is wider than the screen, in pixels.
export const overflow = (page: Page): Promise<number> => page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - screen.width))

// Faults of the page itself: anything thrown or logged as an error.
export function watchFaults(page: Page): string[] {
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (401|404)/.test(message.text())) faults.push(message.text())
  })
  return faults
}
