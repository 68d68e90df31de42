import { readdirSync } from 'node:fs'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { onEachEngine } from '../support/engines.ts'
import { install, type Installation } from './installation.ts'

onEachEngine((kind) => {
  describe('a server', () => {
    let place: Installation
    beforeAll(async () => {
      place = await install(kind)
    }, 240_000)
    afterAll(() => place.remove())

    it('says that it lives, how durable it is, and that it is ready', async () => {
      const { child, address } = await place.start()
      const alive = await fetch(`${address}/healthz`)
      expect(await alive.json()).toEqual({ alive: true, engine: kind, durability: 'local-fsync' })
      const ready = await fetch(`${address}/readyz`)
      expect(await ready.json()).toMatchObject({ ready: true })
      // Its first pass begins when it listens.
      await eventually(() => child.lines.some((line) => line.includes('"log_running"')))
      const metrics = await (await fetch(`${address}/metrics`)).text()
      expect(metrics).toContain('sunlot_http_request_seconds_bucket')
      expect(metrics.split('\n')).toContain('sunlot_log_running 1')
      await stop(child)
    })

    it('ends what it was doing when it is told to stop, and its folder is free at once', async () => {
      const { child, address } = await place.start()
      const warm = await fetch(`${address}/api/v1/system`)
      await warm.text()
      // A password takes its time.
      const asked = fetch(`${address}/api/v1/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ username: 'nobody', password: 'nothing that anybody has' }),
      })
      await new Promise((go) => setTimeout(go, 60))
      const began = Date.now()
      await stop(child)
      expect((await asked).status).toBe(401)
      expect(Date.now() - began).toBeLessThan(10_000)
      const again = await place.start()
      await stop(again.child)
    })

    it('writes no name, number or address of a request into its log', async () => {
      const { child, address } = await place.start()
      const canary = 'CANARY110101199003078888'
      const headers = { 'content-type': 'application/json', 'user-agent': canary, cookie: `a=${canary}` }
      await fetch(`${address}/api/v1/${canary}?q=${canary}`, { headers })
      await fetch(`${address}/api/v1/authorities/${canary}`, { headers })
      await fetch(`${address}/api/v1/session`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ username: canary }),
      })
      await fetch(`${address}/api/v1/session`, { method: 'POST', headers, body: `{"${canary}` })
      await stop(child)
      const answers = child.lines.filter((line) => line.includes('"answered"'))
      expect(answers.length).toBeGreaterThanOrEqual(4)
      expect(answers.map((line) => (JSON.parse(line) as { route: string }).route)).toContain(
        '/api/v1/authorities/:id',
      )
      expect(child.lines.filter((line) => line.includes('CANARY') || line.includes('127.0.0.1:9'))).toEqual(
        [],
      )
    })

    it('refuses a port that is taken, in words', async () => {
      const { child, address } = await place.start()
      const second = await install('pglite', { PORT: new URL(address).port })
      const refused = second.spawn()
      expect(await refused.line('stderr: 端口')).toContain('已被其他程序占用')
      await refused.ended
      second.remove()
      await stop(child)
    })
  })
})

describe('an embedded folder', () => {
  let place: Installation
  beforeAll(async () => {
    place = await install('pglite')
  }, 240_000)
  afterAll(() => place.remove())

  it('A30: is refused to a second process, which names the first', async () => {
    const { child } = await place.start()
    const began = Date.now()
    const second = place.spawn()
    expect(await second.line('stderr: 数据目录')).toContain(`进程 ${child.pid}`)
    await second.ended
    expect(Date.now() - began).toBeLessThan(5_000)
    await child.kill()
    const third = await place.start()
    await stop(third.child)
  })

  it.each([
    [{ HOST: '0.0.0.0' }, '没有证书时只能在本机使用'],
    [{ PORT: 'eighty' }, '环境变量 PORT 的值是 eighty'],
    [{ OIDC_ISSUER: 'https://idp.example' }, 'OIDC_ISSUER'],
    [{ TLS_CERT: '/nowhere.crt' }, 'TLS_CERT, TLS_KEY'],
    [{ DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' }, '连接不上数据库'],
    [{ SUNLOT_WITNESSES: 'https://witness.example' }, 'SUNLOT_WITNESSES'],
  ])('is not served with %j', async (env, words) => {
    const child = place.spawn(env)
    expect(await child.line('stderr: ')).toContain(words)
    await child.ended
  })

  it('says at its start that it is for trial only', async () => {
    const { child } = await place.start()
    expect(child.lines.join('\n')).toContain('当前为体验模式')
    await stop(child)
  })

  it('has its keys readable by their owner alone', () => {
    expect(readdirSync(`${place.folder}/keys`).toSorted()).toEqual(['log.key', 'secrets.key'])
  })
})

describe('a client that sends a byte now and then', () => {
  it('is cut off with a problem, and others are served meanwhile', async () => {
    const place = await install('pglite')
    const { child, address } = await place.start()
    const { port } = new URL(address)
    const socket = connect(Number(port), '127.0.0.1')
    let said = ''
    socket.on('data', (text) => (said += text.toString('utf8')))
    socket.write('POST /api/v1/session HTTP/1.1\r\nhost: localhost\r\n')
    const drip = setInterval(() => socket.write('x-slow: 1\r\n'), 1_000)
    const gone = new Promise((resolve) => socket.on('close', resolve))
    expect((await fetch(`${address}/api/v1/system`)).status).toBe(200)
    await gone
    clearInterval(drip)
    expect(said).toContain('408 ')
    expect(said).toContain('"code":"too_slow"')
    await stop(child)
    place.remove()
  }, 60_000)
})

async function eventually(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds() && tries < 200; tries++) await new Promise((go) => setTimeout(go, 50))
}

async function stop(child: { readonly pid: number; readonly ended: Promise<void> }): Promise<void> {
  process.kill(child.pid, 'SIGTERM')
  await child.ended
}
