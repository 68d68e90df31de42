// Ends a CI run: reads vitest's JSON and what the machine left out, fails where a suite that must run here did not, and
// prints "N passed, N failed" as its last line.
// usage: node tools/ci-report.mjs vitest.json left-out.json [failed step]…
// A failed step and a required suite that was left out count as one failure each.

import { existsSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'

/** What CI_REQUIRE names → the tests that exercise it, and how its absence is said. */
const REQUIRED = {
  postgres: { by: /^draw\/test\/agreement/, absent: /postgresql/i },
  python: { by: /^draw\/test\/agreement/, absent: /python/i },
  chromium: { by: /^e2e\//, absent: /chromium|browser/i },
}

const [file = '', leftOutFile = '', ...failedSteps] = process.argv.slice(2)
const tests = existsSync(file) ? testsOf(JSON.parse(readFileSync(file, 'utf8'))) : []
const leftOut = existsSync(leftOutFile) ? JSON.parse(readFileSync(leftOutFile, 'utf8')) : []
const passed = tests.filter(({ status }) => status === 'passed')
const failed = tests.filter(({ status }) => status === 'failed')
const required = (process.env.CI_REQUIRE ?? '').split(',').filter((name) => name !== '')

const faults = [
  ...(tests.length === 0 ? ['no test ran'] : []),
  ...failedSteps.filter((name) => name !== 'test' || failed.length === 0).map((name) => `step ${name}`),
  ...required.flatMap(whyNotExercised),
]
for (const { name } of failed) console.log(`failed: ${name}`)
for (const fault of faults) console.log(`failed: ${fault}`)
console.log(`${passed.length} passed, ${failed.length + faults.length} failed`)
process.exit(failed.length + faults.length === 0 ? 0 : 1)

/** A file that could not be loaded has no tests of its own: it counts as one that failed. */
function testsOf({ testResults }) {
  return testResults.flatMap(({ name, status, assertionResults }) => {
    const path = relative(process.cwd(), name).replaceAll('\\', '/')
    if (assertionResults.length === 0 && status === 'failed') return [{ name: path, status: 'failed' }]
    return assertionResults.map((test) => ({ name: `${path} > ${test.fullName}`, status: test.status }))
  })
}

function whyNotExercised(name) {
  const rule = REQUIRED[name]
  if (!rule) return [`CI_REQUIRE names ${name}, which this report does not know`]
  if (!passed.some((test) => rule.by.test(test.name))) return [`no test exercised ${name}`]
  const missing = leftOut.filter(
    ({ test, why }) => rule.by.test(test) && (rule.absent.test(why) || isWhole(test)),
  )
  return missing.slice(0, 1).map(({ test, why }) => `${name} was left out (${why}): ${test}`)
}

/** Whether a test was skipped as a whole. */
function isWhole(name) {
  return tests.some((test) => test.name === name && test.status === 'skipped')
}
