// Ends a CI run: reads vitest's JSON, fails where a suite that must run here did not, and prints "N passed, N failed".
// usage: node tools/ci-report.mjs vitest.json [failed step]…
// A failed step and a required suite that was missing or skipped count as one failure each.

import { existsSync, readFileSync } from 'node:fs'

/** What CI_REQUIRE names → what the path and full name of its tests must match. */
const REQUIRED = {
  postgres: /postgres/i,
  python: /python|check\.py/i,
  chromium: /chromium|browser|(^|\/)e2e\//i,
}

const [file = '', ...failedSteps] = process.argv.slice(2)
const tests = existsSync(file) ? testsOf(JSON.parse(readFileSync(file, 'utf8'))) : []
const passed = tests.filter(({ status }) => status === 'passed').length
const failed = tests.filter(({ status }) => status === 'failed')
const required = (process.env.CI_REQUIRE ?? '').split(',').filter((name) => name !== '')

const faults = [
  ...(tests.length === 0 ? ['no test ran'] : []),
  ...failedSteps
    .filter((name) => name !== 'test' || failed.length === 0)
    .map((name) => `step ${name} failed`),
  ...required.flatMap(whyNotExercised),
]
for (const { name } of tests.filter(({ status }) => status === 'skipped')) console.log(`skipped: ${name}`)
for (const { name } of failed) console.log(`failed: ${name}`)
for (const fault of faults) console.log(`failed: ${fault}`)
console.log(`${passed} passed, ${failed.length + faults.length} failed`)
process.exit(failed.length + faults.length === 0 ? 0 : 1)

/** A file that could not be loaded has no tests of its own: it counts as one that failed. */
function testsOf({ testResults }) {
  return testResults.flatMap(({ name, status, assertionResults }) => {
    const path = name.replace(`${process.cwd()}/`, '')
    if (assertionResults.length === 0 && status === 'failed') return [{ name: path, status: 'failed' }]
    return assertionResults.map((test) => ({
      name: `${path} > ${test.fullName}`,
      status: ['passed', 'failed'].includes(test.status) ? test.status : 'skipped',
    }))
  })
}

function whyNotExercised(name) {
  const pattern = REQUIRED[name]
  if (!pattern) return [`CI_REQUIRE names ${name}, which this report does not know`]
  const mine = tests.filter((test) => pattern.test(test.name))
  const skipped = mine.filter(({ status }) => status === 'skipped')
  if (mine.length === skipped.length) return [`no test exercised ${name}`]
  return skipped.length === 0 ? [] : [`${skipped.length} tests of ${name} were skipped`]
}
