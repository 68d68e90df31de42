// npm run scenario -- 410928 [--keep]      one year in one place, against a real server
// npm run scenario -- --all                all five, and then the pairs: allowed here, refused there
//
// The database is simulated, and born on the first day of the place's document. The operator appoints the first three
// administrators, because before them there is nobody; everything else goes over HTTP (e2e/scenario).

import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PLACES = {
  410928: { born: '2023-03-15T09:00:00+08:00', authority: '濮阳县市场监督管理局' },
  // Administered by the city: whose bureau has inspected in the banner too.
  150626: {
    born: '2023-03-10T09:00:00+08:00',
    authority: '鄂尔多斯市市场监督管理局',
    administered: '150600',
  },
  150525: { born: '2024-04-08T09:00:00+08:00', authority: '奈曼旗文化和旅游局' },
  652700: { born: '2019-08-22T09:00:00+08:00', authority: '博尔塔拉蒙古自治州市场监督管理局' },
  231084: { born: '2019-05-23T09:00:00+08:00', authority: '宁安市市场监督管理局' },
}
const STARTED = '阳光双随机已启动：'

const root = fileURLToPath(new URL('..', import.meta.url))
const words = process.argv.slice(2)
const isKept = words.includes('--keep')
const asked = words.includes('--all') ? Object.keys(PLACES) : words.filter((word) => !word.startsWith('--'))
if (asked.length === 0 || asked.some((division) => !(division in PLACES)))
  stop(`npm run scenario -- ${Object.keys(PLACES).join('|')} [--keep], or --all`)

node(['tools/build.mjs', '--changed', 'verifier', 'console', 'server', 'command'].filter(isWanted))
const folder = mkdtempSync(join(tmpdir(), 'sunlot-scenario-'))
let failed = false
for (const division of asked) failed = (await play(division)) !== 0 || failed
if (asked.length === Object.keys(PLACES).length)
  failed = run(['e2e/scenario/pairs.ts'], { SCENARIO_FOLDER: folder }) !== 0 || failed
console.log(folder)
process.exit(failed ? 1 : 0)

/** Without a browser to look, the pages need not be built. */
function isWanted(word) {
  return isKept || (word !== 'console' && word !== 'verifier')
}

async function play(division) {
  const { born, authority, administered = division } = PLACES[division]
  const place = join(folder, division)
  const env = {
    SUNLOT_FOLDER: place,
    SUNLOT_SIMULATED: '1',
    SUNLOT_SIMULATED_AT: born,
    PORT: '0',
    LOG_LEVEL: 'error',
  }
  const administrators = appoint(administered, authority, env)
  const server = spawn(process.execPath, ['server/dist/main.js'], {
    cwd: root,
    env: { ...process.env, ...env, LANG: 'zh_CN.UTF-8' },
    stdio: ['ignore', 'inherit', 'pipe'],
  })
  const address = await addressOf(server)
  const status = await runAside(['e2e/scenario/run.ts', division], {
    SCENARIO_FOLDER: folder,
    SCENARIO_ADDRESS: address,
    SCENARIO_ADMINISTRATORS: JSON.stringify(administrators),
  })
  if (isKept) {
    console.log(
      `${address} stays until Ctrl-C; everybody's password and authenticator: ${join(folder, `people-${division}.json`)}`,
    )
    await new Promise((end) => server.once('exit', end))
  } else {
    server.kill('SIGTERM')
    await new Promise((end) => server.once('exit', end))
    rmSync(place, { recursive: true, force: true })
  }
  return status
}

/** The three, by the command that an operator has; it says each password once. */
function appoint(division, authority, env) {
  const people = ['--system', '赵一:zhaoyi', '--security', '钱二:qianer', '--audit', '孙三:sunsan']
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['cli/dist/sunlot.js', 'appoint', '--division', division, '--authority', authority, ...people],
    { cwd: root, env: { ...process.env, ...env, LANG: 'zh_CN.UTF-8' }, encoding: 'utf8' },
  )
  if (status !== 0) stop(`nobody was appointed: ${stderr}`)
  const said = [...stdout.matchAll(/ (\S+)　一次性密码 (\S+)/g)].map(([, username, password]) => [
    username,
    password,
  ])
  const [system, security] = said
  return { system, security }
}

function addressOf(server) {
  return new Promise((resolve, reject) => {
    let said = ''
    server.stderr.on('data', (part) => {
      said += part
      const at = said.indexOf(STARTED)
      const [address] = at < 0 ? [] : said.slice(at + STARTED.length).split('\n')
      if (address && said.includes('\n', at)) resolve(address)
    })
    server.once('exit', () => reject(new Error(`the server ended: ${said}`)))
  })
}

function run(script, env) {
  return (
    spawnSync('npx', ['tsx', ...script], { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } })
      .status ?? 1
  )
}

/** The server's pipe must be read meanwhile. */
function runAside(script, env) {
  return new Promise((end) => {
    const child = spawn('npx', ['tsx', ...script], {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ...env },
    })
    child.once('exit', (status) => end(status ?? 1))
  })
}

function node(script) {
  const { status } = spawnSync(process.execPath, script, { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

function stop(text) {
  console.error(text)
  process.exit(2)
}
