// The bundle in itself: files, manifests, lists, software (checks 1–4 and 12).

import { toHex } from '../bytes.ts'
import {
  CERTIFICATE,
  CLOSE,
  COMMIT,
  committedLists,
  isL2,
  PEOPLE,
  PLAN,
  PROOFS,
  resultLists,
  SIGNATURES,
} from '../bundle/names.ts'
import { columnsOf, formDefect, readTable } from '../lists/form.ts'
import { sha256 } from '../sha256.ts'
import { answer, because, type Context, withCommitment } from './context.ts'
import { lists } from './lists.ts'
import { check, type Check, type Detail } from './report.ts'

/** 1: every file of this state, and no second certificate. */
export function bundleFiles(context: Context): Check {
  const { names } = context.files
  const second = names.find((n) => /^certificate[^/]*\.json$/.test(n) && n !== CERTIFICATE)
  if (second) return check('bundle.files', 'no', 'second_certificate', { file: second })
  const missing = neededFiles(context).find((n) => !names.includes(n))
  const strange = missing === undefined ? strangeFile(context) : undefined
  if (strange) return check('bundle.files', 'no', 'strange_file', { file: strange })
  return answer('bundle.files', missing ? because('missing', { file: missing }) : undefined, {
    files: names.length,
  })
}

/** 2: strict canonical JSON. */
export function manifestBytes(context: Context): Check {
  const [fault] = context.manifests.byteFaults
  return answer('manifest.bytes', fault && because('not_canonical', { ...fault }))
}

/** 3: closed fields. */
export function manifestFields(context: Context): Check {
  const [fault] = context.manifests.fieldFaults
  return answer('manifest.fields', fault && because('field', { ...fault }))
}

/** 4: the lists' form. */
export function listForm(context: Context): Check | undefined {
  const names = context.files.names.filter((n) => columnsOf(n) !== undefined)
  if (names.length === 0)
    return context.sealed ? check('list.form', 'unknown', 'sealed') : check('list.form', 'unknown', 'no_list')
  let fault: Detail | undefined
  for (const name of names) {
    fault ??= formFault(context, name)
  }
  return answer('list.form', fault, { lists: names.length })
}

/** 12: the software in the bundle is the committed one. */
export const software = withCommitment('software', (c, context) => {
  if (c.value.software.files.length === 0) return undefined
  let missing: string | undefined
  for (const { name, hash } of c.value.software.files) {
    if (!context.files.names.includes(name)) missing ??= name
    else if (toHex(sha256(context.files.read(name))) !== hash)
      return check('software', 'no', 'other_software', { file: name })
  }
  return missing
    ? check('software', 'unknown', 'missing', { file: missing })
    : check('software', 'yes', 'holds')
})

function formFault(context: Context, name: string): Detail | undefined {
  if (name === 'population.tsv' && lists(context).population?.ok) return undefined
  const defect = formDefect(name, readTable(context.files.read(name)))
  if (defect) return because('list_form', { file: name, line: defect.line, reason: defect.reason })
  return name === 'unassigned.tsv' ? unassignedFault(context, name) : undefined
}

/** In mode teams the second column is d00; otherwise it names authorities. */
function unassignedFault(context: Context, name: string): Detail | undefined {
  const c = context.manifests.commit?.value
  if (!c) return undefined
  const teams = c.matching.mode === 'teams'
  const wrong = readTable(context.files.read(name)).lines.findIndex(
    (line) => line.endsWith('\td00') !== teams,
  )
  return wrong < 0 ? undefined : because('list_form', { file: name, line: wrong + 1, reason: 'grammar' })
}

/** A manifest, list or program that nothing names: it must not ride in a green bundle. Other files are passed over. */
function strangeFile(context: Context): string | undefined {
  const c = context.manifests.commit?.value
  if (!c) return undefined
  const known = new Set([
    PLAN,
    COMMIT,
    CLOSE,
    CERTIFICATE,
    PROOFS,
    SIGNATURES,
    PEOPLE,
    ...committedLists(c),
    ...(context.state === 'drawn' ? resultLists(c) : []),
    ...c.software.files.map((f) => f.name),
  ])
  return context.files.names.find(
    (n) =>
      /\.(json|tsv|html?|py|sh)$/i.test(n) && !known.has(n) && !/^events\/[0-9]{4}(\.values)?\.json$/.test(n),
  )
}

function neededFiles(context: Context): string[] {
  const c = context.manifests.commit?.value
  const needed = [PLAN, COMMIT, PROOFS, SIGNATURES]
  if (context.state === 'closed' || context.state === 'drawn') needed.push(CLOSE)
  if (context.state === 'drawn') needed.push(CERTIFICATE)
  if (!c || !context.listsOpen) return needed
  const l2 = context.level === 'L2'
  needed.push(...committedLists(c).filter((n) => l2 || !isL2(n)))
  if (l2 && c.matching.mode !== 'none') needed.push(PEOPLE)
  if (context.state === 'drawn') needed.push(...resultLists(c))
  return needed
}
