// The public side of a draw as a citizen meets it: an old phone without scripts, a printer, and the bundle on a machine
// without network.

import { AxeBuilder } from '@axe-core/playwright'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { unzipSync } from 'fflate'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { certified, type ClosedDraw, drawsApp, type DrawsApp } from '../server/test/draws/draws-kit.ts'
import { openBrowser } from './browser.ts'

const PICTURES = 'var/pictures'
const work = mkdtempSync(join(tmpdir(), 'sunlot-public-'))
let app: DrawsApp
let draw: ClosedDraw
let browser: Browser
let origin: string

beforeAll(async () => {
  app = await drawsApp('pglite')
  draw = await certified(app)
  await app.server.listen({ port: 0, host: '127.0.0.1' })
  origin = `http://127.0.0.1:${(app.server.server.address() as AddressInfo).port}/api/v1/public`
  browser = await openBrowser()
})

afterAll(async () => {
  await browser?.close()
  await app?.close()
  rmSync(work, { recursive: true, force: true })
})

test('certificate, look-up, changes, list and monitor are read without scripts, on a desk and on a phone', async () => {
  mkdirSync(PICTURES, { recursive: true })
  const code = await someCode()
  const pages = {
    certificate: `draws/${draw.name}.html`,
    why: `draws/${draw.name}/why?code=${code}`,
    changes: `draws/${draw.name}/changes.html`,
    list: 'draws.html',
    monitor: 'monitor.html',
    english: `draws/${draw.name}.html?lang=en`,
  }
  for (const [width, height] of [
    [1366, 768],
    [390, 844],
  ] as const) {
    const context = await browser.newContext({ viewport: { width, height }, javaScriptEnabled: false })
    const page = await context.newPage()
    for (const [name, path] of Object.entries(pages)) {
      const answer = await page.goto(`${origin}/${path}`)
      expect(answer?.status(), name).toBe(200)
      await page.screenshot({ path: `${PICTURES}/public-${name}-${width}.png`, fullPage: true })
    }
    await context.close()
  }
})

test('on paper what is folded away stands in full, and links say where they lead', async () => {
  const context = await browser.newContext({
    viewport: { width: 794, height: 1123 },
    javaScriptEnabled: false,
  })
  const page = await context.newPage()
  await page.goto(`${origin}/draws/${draw.name}.html`)
  const onPaper = page.locator('.paper')
  expect(await onPaper.first().isVisible()).toBe(false)
  await page.emulateMedia({ media: 'print' })
  expect(await onPaper.count()).toBe(2)
  for (const part of await onPaper.all()) expect(await part.isVisible()).toBe(true)
  expect(await onPaper.first().innerText()).toContain('今天下雨')
  expect(await onPaper.last().locator('tbody tr').count()).toBeGreaterThan(2)
  expect(await page.locator('details').first().isVisible()).toBe(false)
  const printed = await page.locator('a[href$="commit.json"]').getAttribute('data-at')
  expect(printed).toMatch(new RegExp(`^https://.*/draws/${draw.name}/files/commit.json$`))
  await page.screenshot({ path: `${PICTURES}/public-paper.png`, fullPage: true })
  await context.close()
})

test('they have nothing that axe finds, and ask for nothing from elsewhere', async () => {
  // Axe is itself a script: here it may run, and the page has none of its own.
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, bypassCSP: true })
  const page = await context.newPage()
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  for (const path of [
    `draws/${draw.name}.html`,
    `draws/${draw.name}/why?code=${await someCode()}`,
    'draws.html',
    'monitor.html',
  ]) {
    await page.goto(`${origin}/${path}`)
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => `${path} ${id} ${nodes[0]?.html ?? ''}`)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  }
  expect(asked.filter((url) => !url.startsWith(origin) && !url.endsWith('/favicon.ico'))).toEqual([])
  await context.close()
})

test('the bundle is verified by the page inside it, without network', async () => {
  const bytes = Buffer.from(await (await fetch(`${origin}/draws/${draw.name}/bundle.zip`)).arrayBuffer())
  const zip = join(work, 'bundle.zip')
  writeFileSync(zip, bytes)
  const verifier = join(work, 'verifier.html')
  writeFileSync(verifier, unzipSync(bytes)['verifier.html']!)
  const context = await browser.newContext({ offline: true })
  const page = await context.newPage()
  await page.goto(pathToFileURL(verifier).href)
  await page.setInputFiles('input[type=file]:not([webkitdirectory])', zip)
  await page.waitForSelector('#verdict h2')
  const said = await page.innerText('#verdict')
  expect(said).toContain('没有发现矛盾')
  expect(said).toContain('检查对象名单已经重新抽取一遍，逐字节相同。')
  await page.screenshot({ path: `${PICTURES}/public-verifier.png`, fullPage: true })
  await context.close()
})

async function someCode(): Promise<string> {
  const bytes = Buffer.from(await (await fetch(`${origin}/draws/${draw.name}/bundle.zip`)).arrayBuffer())
  const [line = ''] = new TextDecoder().decode(unzipSync(bytes)['population.tsv']).split('\n')
  return line.split('\t')[0] ?? ''
}
