// A vitest reporter: at the end it says what this machine could not test, and why. With LEFT_OUT=file it also writes that
// as JSON, for tools/ci-report.mjs. A test says so by `test.skip(why)`, or, where only a part of it is left out, by
// `test.annotate('PostgreSQL is left out: why')`.

import { writeFileSync } from 'node:fs'

export default class LeftOut {
  onTestRunEnd(modules) {
    const found = modules.flatMap((module) =>
      [...module.children.allTests()].flatMap((test) => said(module, test)),
    )
    for (const [what, tests] of groupedByReason(found))
      console.log(`left out: ${what} (${tests} ${tests === 1 ? 'test' : 'tests'})`)
    const { LEFT_OUT: file } = process.env
    if (file) writeFileSync(file, `${JSON.stringify(found, undefined, 1)}\n`)
  }
}

function groupedByReason(found) {
  const counts = new Map()
  for (const { file, why } of found) counts.set(`${file}: ${why}`, (counts.get(`${file}: ${why}`) ?? 0) + 1)
  return counts
}

function said(module, test) {
  const file = module.relativeModuleId
  const name = `${file} > ${test.fullName}`
  const { state, note } = test.result()
  const parts = test.annotations().filter(({ message }) => message.includes('left out'))
  return [
    ...(state === 'skipped'
      ? [{ file, test: name, why: note ?? 'what it needs is not on this machine' }]
      : []),
    ...parts.map(({ message }) => ({ file, test: name, why: message })),
  ]
}
