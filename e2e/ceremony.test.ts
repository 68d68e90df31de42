// The ceremony as a hall sees it: a clerk, the big screen, three people with phones, one who comes too late; and a server that is
// killed twice in the middle.

import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from './browser.ts'
import { type KillableServer, startKillable } from './ceremony-kit.ts'
import { DESK, PHONE } from './console-server.ts'

const WALL = { width: 1920, height: 1080 }
const MINUTE = 60_000
const DICE = '3141592653589793238462643'
const PICTURES = process.env['SHOTS'] ?? 'var/pictures'

let browser: Browser
let server: KillableServer
const troubles: string[] = []

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true })
  server = await startKillable()
  browser = await openBrowser()
}, 5 * MINUTE)
afterAll(async () => {
  await browser?.close()
  await server?.close()
}, 5 * MINUTE)

interface Shown {
  readonly id: string
  readonly name: string
  readonly version: number
  readonly state: string
  readonly certificateHash: string | null
  readonly manifests: readonly { readonly name: string; readonly witnesses: number }[]
  readonly quorum: number
}

async function page(path: string, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext(options)
  const made = await context.newPage()
  made.on('pageerror', (error) => troubles.push(error.message))
  made.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) troubles.push(message.text())
  })
  await made.goto(server.address + path)
  return made
}

/** Comes in with a phone, as somebody without any account. */
async function comeIn(code: string, role: string, name = ''): Promise<Page> {
  const phone = await page(`/c/${code}`, { viewport: PHONE })
  await phone.getByText(role, { exact: true }).click()
  if (name !== '') await phone.fill('#name', name)
  await phone.getByRole('button', { name: '进入' }).click()
  await phone.locator('#name').waitFor({ state: 'detached', timeout: MINUTE })
  return phone
}

async function add(phone: Page, text: string): Promise<void> {
  await phone.fill('#text', text)
  await phone.getByRole('button', { name: '提交并签名' }).click()
  await phone.getByText('已在公开的名单里').waitFor({ timeout: MINUTE })
}

async function until<T>(see: () => Promise<T>, holds: (seen: T) => boolean): Promise<T> {
  for (let tries = 0; ; tries++) {
    const seen = await see()
    if (holds(seen)) return seen
    if (tries > 400) throw new Error(`not so: ${JSON.stringify(seen)}`)
    await wait(200)
  }
}

const show = (id: string) => server.ask<Shown>('zhouwu', 'GET', `/draws/${id}`)
const isWitnessed = (name: string) => (draw: Shown) =>
  draw.manifests.some((each) => each.name === name && each.witnesses >= draw.quorum)

/** A frozen and committed draw of the task that the county has agreed. */
async function committed(): Promise<Shown> {
  const { items } = await server.ask<{ items: readonly { id: string; name: string }[] }>(
    'zhouwu',
    'GET',
    '/tasks?state=agreed',
  )
  const { id } = await server.ask<{ id: string }>('zhouwu', 'POST', `/tasks/${items[0]?.id}/draws`, {
    sealed: false,
  })
  const { version } = await until(
    () => show(id),
    ({ state }) => state === 'frozen',
  )
  const { now } = await server.ask<{ now: string }>(undefined, 'GET', '/system')
  const at = (minutes: number) => new Date(Date.parse(now) + minutes * MINUTE).toISOString()
  const sources = [{ kind: 'dice', faces: 10, count: 25, notBefore: at(11) }]
  await server.ask(
    'zhengqi',
    'POST',
    `/draws/${id}/commitment`,
    { closeBy: at(10), sources },
    { 'if-match': `"${version}"` },
  )
  return until(() => show(id), isWitnessed('commit.json'))
}

test(
  'a draw is held in front of everybody, and outlives its server twice',
  async () => {
    const { id, name } = await committed()
    const clerk = await page(`/draws/${id}/ceremony`, {
      viewport: DESK,
      storageState: await server.stateOf('zhouwu'),
    })
    await clerk.getByRole('button', { name: '打开现场' }).click()
    const { room } = await until(
      () => server.ask<{ room: { code: string } | null }>('zhouwu', 'GET', `/draws/${id}/ceremony`),
      (ceremony) => ceremony.room !== null,
    )
    const code = room?.code ?? ''
    const stage = await page(`/c/${code}/stage`, { viewport: WALL })
    const scene = async (step: number) => {
      // To the first, and from there to the one that is asked for, wherever the room stands.
      await stage.locator('#scene[class]').waitFor({ timeout: MINUTE })
      for (let k = 1; k < 7; k++) await stage.keyboard.press('ArrowLeft')
      for (let k = 1; k < step; k++) await stage.keyboard.press('ArrowRight')
      await stage.locator(`#scene.scene-${step}`).waitFor({ timeout: MINUTE })
      await stage.locator('#silence').waitFor({ state: 'hidden', timeout: MINUTE })
      for (const viewport of [WALL, DESK]) {
        await stage.setViewportSize(viewport)
        await stage.waitForTimeout(700)
        const wide = await stage.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        expect(wide, `scene ${step} at ${viewport.width}`).toBeLessThanOrEqual(0)
        await stage.screenshot({ path: join(PICTURES, `stage-${step}-${viewport.width}.png`) })
      }
      await stage.setViewportSize(WALL)
    }
    await scene(1)

    const first = await comeIn(code, '人大代表', '老王')
    await first.screenshot({ path: join(PICTURES, 'phone-add.png'), fullPage: true })
    await add(first, '8848')
    const second = await comeIn(code, '新闻媒体')
    await add(second, '今天下雨')
    const third = await comeIn(code, '其他')
    await server.kill()
    await server.start()
    await scene(2)
    await first.screenshot({ path: join(PICTURES, 'phone-receipt.png'), fullPage: true })
    expect((await new AxeBuilder({ page: first }).analyze()).violations).toEqual([])

    await server.ask('zhouwu', 'POST', `/draws/${id}/closing`)
    const { close } = await until(
      () =>
        server.ask<{ close: { hash: string; preflight: string } }>('weijiu', 'GET', `/draws/${id}/ceremony`),
      (ceremony) => ceremony.close.preflight !== 'running',
    )
    await server.ask('weijiu', 'POST', `/draws/${id}/close`, { hash: close.hash })
    await until(() => show(id), isWitnessed('close.json'))
    const late = await comeIn(code, '行业协会')
    await late.getByText('已封口，不能再添加').waitFor()

    const { now } = await server.ask<{ now: string }>(undefined, 'GET', '/system')
    await server.ask('zhaoyi', 'POST', '/clock', {
      now: new Date(Date.parse(now) + 12 * MINUTE).toISOString(),
    })
    await server.ask('zhouwu', 'POST', `/draws/${id}/values/dice/typings`, { text: DICE })
    await server.kill()
    await server.start()
    await server.ask('weijiu', 'POST', `/draws/${id}/values/dice/typings`, { text: DICE })
    await server.ask('zhouwu', 'POST', `/draws/${id}/values/dice/outsiders`, { observers: [1, 2] })
    await scene(3)
    for (const phone of [first, second]) {
      await phone.getByRole('button', { name: '一致，我签名' }).click({ timeout: MINUTE })
      await phone.getByText(/^已签名：/).waitFor()
    }
    await scene(4)
    await clerk.goto(`${server.address}/draws/${id}/ceremony`)
    await clerk.waitForLoadState('networkidle')
    await clerk.screenshot({ path: join(PICTURES, 'ceremony-1366.png'), fullPage: true })

    await server.ask('zhengqi', 'POST', `/draws/${id}/presses`, { stage: 'objects' })
    const { certificateHash } = await until(
      () => show(id),
      ({ state }) => state === 'certified',
    )
    for (const phone of [first, second, third]) {
      await phone.getByRole('button', { name: '核对并签名' }).click({ timeout: MINUTE })
      await phone.getByText('我的设备算出了同一个指纹').waitFor()
    }
    await first.screenshot({ path: join(PICTURES, 'phone-certificate.png'), fullPage: true })
    for (const step of [5, 6, 7]) await scene(step)
    expect(certificateHash).toMatch(/^[0-9a-f]{64}$/)

    await until(() => show(id), isWitnessed('certificate.json'))
    const report = await verifiedByCommand(name)
    expect(report.checks.filter(({ holds }) => holds === 'no')).toEqual([])
    const unknown = report.checks.filter(({ holds }) => holds === 'unknown').map((check) => check.id)
    expect(unknown.toSorted()).toEqual(['close.preflight', 'match', 'pair'])
    expect(report.facts['observers']).toBe(2)
    expect(troubles).toEqual([])
  },
  5 * MINUTE,
)

interface Report {
  readonly checks: readonly { readonly id: string; readonly holds: string }[]
  readonly facts: Readonly<Record<string, string | number>>
}

/** What the command says of the public bundle, with the policy of the log. */
async function verifiedByCommand(name: string): Promise<Report> {
  const zip = await fetch(`${server.address}/api/v1/public/draws/${name}/bundle.zip`)
  const policy = await fetch(`${server.address}/api/v1/public/draws/policy.json`)
  expect(zip.status).toBe(200)
  const file = join(server.folder, 'bundle.zip')
  writeFileSync(file, Buffer.from(await zip.arrayBuffer()))
  writeFileSync(join(server.folder, 'policy.json'), await policy.text())
  const args = [
    '--import',
    'tsx',
    'cli/src/main.ts',
    'verify',
    file,
    '--policy',
    join(server.folder, 'policy.json'),
    '--json',
  ]
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout) as Report
}
