// words/zh-CN and words/en must hold the same files, the same keys, and in each sentence the same {parameters}.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'

const SOURCE = 'zh-CN'
const OTHER = 'en'
const words = fileURLToPath(new URL('../words/', import.meta.url))

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const faults = differences(readAll(SOURCE), readAll(OTHER))
  for (const fault of faults) console.error(fault)
  process.exit(faults.length === 0 ? 0 : 1)
}

/** What differs between two languages, each a map from `file: key` to its sentence. */
export function differences(source, other) {
  return [...new Set([...source.keys(), ...other.keys()])].flatMap((key) => {
    const [here, there] = [source.get(key), other.get(key)]
    if (here === undefined) return [`${key} stands only in ${OTHER}`]
    if (there === undefined) return [`${key} stands only in ${SOURCE}`]
    if (here.trim() === '' || there.trim() === '') return [`${key} is empty`]
    const [ours, theirs] = [parametersOf(here), parametersOf(there)]
    return ours === theirs
      ? []
      : [`${key}: ${SOURCE} has ${ours || 'no parameter'}, ${OTHER} ${theirs || 'none'}`]
  })
}

function readAll(language) {
  const folder = `${words}${language}`
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : []
  return new Map(
    names.flatMap((name) => sentences(JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')), `${name}: `)),
  )
}

function sentences(tree, path) {
  if (typeof tree === 'string') return [[path, tree]]
  return Object.entries(tree).flatMap(([key, value]) =>
    sentences(value, path.endsWith(': ') ? path + key : `${path}.${key}`),
  )
}

function parametersOf(sentence) {
  const names = [...sentence.matchAll(/\{([A-Za-z_0-9]+)\}/g)].map((match) => match[1])
  return [...new Set(names)].toSorted().join(' ')
}
