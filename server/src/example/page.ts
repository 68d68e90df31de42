// The page that tells whom one can be in the example county, with the codes that their phones would show.

import type { FastifyInstance } from 'fastify'
import type { Clock } from '../platform/clock.ts'
import { codeAt, type SignIn } from './speaker.ts'

const SECONDS = 30

/** Serves /example. Only the example county has it: a real database has no such list, and none could be made. */
export function serveExample(server: FastifyInstance, signIns: readonly SignIn[], clock: Clock): void {
  server.get('/example', { schema: { hide: true } }, (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(pageOf(signIns, clock.now())),
  )
  // In a file of its own: the policy of this server admits no style inside a page.
  server.get('/example.css', { schema: { hide: true } }, (_request, reply) =>
    reply.type('text/css; charset=utf-8').send(STYLE),
  )
}

const STYLE = `body{font:16px/1.7 "PingFang SC","Microsoft YaHei","Noto Sans SC",sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#1f2328}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.4rem .8rem .4rem 0;border-bottom:1px solid #d0d7de}
code{font:inherit;font-variant-numeric:tabular-nums}.note{border-left:4px solid #d97706;padding-left:1rem}.wide{overflow-x:auto}
`

function pageOf(signIns: readonly SignIn[], now: Date): string {
  const left = SECONDS - (Math.floor(now.getTime() / 1000) % SECONDS)
  const rows = signIns.map(
    ({ title, name, username, password, totpSecret }) =>
      `<tr><td>${title}</td><td>${name}</td><td><code>${username}</code></td><td><code>${password}</code></td>` +
      `<td><code>${codeAt(totpSecret, now)}</code></td></tr>`,
  )
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="${left + 1}"><title>青石县示例 · 登录</title>
<link rel="stylesheet" href="/example.css"></head><body>
<h1>青石县示例</h1>
<p class="note">青石县不存在，人员均为虚构。此库为模拟库，不得录入真实个人信息，不具有公示效力。</p>
<p>任选一人登录 <a href="/">平台首页</a>。动态验证码每 ${SECONDS} 秒更换，每个只能用一次；本页会自动刷新。</p>
<div class="wide"><table><thead><tr><th>身份</th><th>姓名</th><th>用户名</th><th>密码</th><th>动态验证码</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div>
<p lang="en">Qingshi county does not exist. Choose anybody above; codes change every ${SECONDS} seconds and are good once.</p>
</body></html>`
}
