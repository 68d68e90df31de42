// Bytes: one flipped in each artefact, and every way in which a list or a manifest is not its own form (spec 2).

import { concat, utf8 } from '../../src/bytes.ts'
import type { CheckId } from '../../src/verify/checks.ts'
import { both, edit, editCells, flip, type Negative } from './negative.ts'

/** Some hex of which the last digit is another digit when its lowest bit flips. */
const HEX = '[0-9a-f]{9}[0-9a-f]*?[0-9b-e]'
const afterTab = new RegExp(`\\t${HEX}`)
const inField = (field: string): RegExp => new RegExp(`"${field}":"${HEX}`)
const endOfId = /^[0-9A-Z]+(?=\t)/

/** What one flipped bit gives in the middle of each file; in its first and last byte the form is broken. */
const FLIPS: readonly (readonly [file: string, first: CheckId, middle: RegExp, CheckId, last: CheckId])[] = [
  ['population.tsv', 'commit.lists', endOfId, 'commit.lists', 'list.form'],
  ['exclusions.tsv', 'commit.lists', afterTab, 'commit.lists', 'list.form'],
  ['inspectors.tsv', 'list.form', /\td01/, 'list.form', 'list.form'],
  ['attributes.tsv', 'list.form', /\tfood/, 'commit.lists', 'list.form'],
  ['conflicts.tsv', 'list.form', /\t9/, 'commit.lists', 'list.form'],
  ['selection.tsv', 'cert.lists', afterTab, 'cert.lists', 'list.form'],
  ['teams.tsv', 'list.form', new RegExp(`,${HEX}`), 'cert.lists', 'list.form'],
  ['assignment.tsv', 'cert.lists', endOfId, 'cert.lists', 'list.form'],
  ['plan.json', 'manifest.bytes', inField('filter'), 'plan.entry', 'manifest.bytes'],
  ['commit.json', 'manifest.bytes', inField('hash'), 'commit.lists', 'manifest.bytes'],
  ['close.json', 'manifest.bytes', inField('commit'), 'close.commit', 'manifest.bytes'],
  ['certificate.json', 'manifest.bytes', inField('seed'), 'seed', 'manifest.bytes'],
  ['people.json', 'manifest.bytes', inField('secret'), 'commit.lists', 'manifest.bytes'],
  ['proofs.json', 'manifest.bytes', new RegExp(`path":\\["${HEX}`), 'log.proofs', 'manifest.bytes'],
  ['signatures.json', 'manifest.bytes', inField('value'), 'signatures', 'manifest.bytes'],
]

const flipped = FLIPS.flatMap(([file, first, middle, inside, last]) =>
  (
    [
      ['first', first],
      [middle, inside],
      ['last', last],
    ] as const
  ).map(([place, expect]): Negative => ({
    name: `${file}: one bit flipped ${typeof place === 'string' ? `in its ${place} byte` : `at ${String(place)}`}`,
    shows: 'one flipped byte in each artefact',
    of: 'qualified',
    damage: flip(file, place),
    expect,
  })),
)

const SOFTWARE = ['check.py', 'verifier.html', 'verify.sh'] as const

const software = SOFTWARE.flatMap((file) =>
  (['first', /stand-in/, 'last'] as const).map((place): Negative => ({
    name: `${file}: one bit flipped at ${String(place)}`,
    shows: 'one flipped byte in each artefact',
    of: 'open',
    damage: flip(file, place),
    expect: 'software',
  })),
)

const LISTS = ['population.tsv', 'inspectors.tsv', 'attributes.tsv', 'selection.tsv', 'teams.tsv'] as const

const DAMAGES: readonly (readonly [string, (text: string) => string])[] = [
  ['CRLF', (text) => text.replaceAll('\n', '\r\n')],
  ['without its last LF', (text) => text.slice(0, -1)],
  ['with a BOM', (text) => `\uFEFF${text}`],
  ['with an empty line', (text) => `${text}\n`],
  ['with one more column', (text) => text.replace('\n', '\tx\n')],
  ['with a line twice', (text) => text.replace(/^.*\n/, (line) => line + line)],
  ['with two lines exchanged', (text) => text.replace(/^(.*\n)(.*\n)/, '$2$1')],
]

const UPPER = (text: string): string => text.replace(/[0-9]*[a-f][0-9a-f]{47,}/, (hex) => hex.toUpperCase())

/** Lists of a wrong form, with every hash made to fit: the form alone is left to refuse them. */
const illFormed: Negative[] = [
  ...LISTS.flatMap((file) =>
    DAMAGES.map(([how, change]): Negative => ({
      name: `${file} ${how}`,
      shows: 'spec 2.4: the form of a list',
      of: 'qualified',
      forgery:
        file === 'selection.tsv' || file === 'teams.tsv'
          ? { results: edit(file, change) }
          : { lists: edit(file, change) },
      expect: 'list.form',
    })),
  ),
  ...(['inspectors.tsv', 'selection.tsv', 'exclusions.tsv'] as const).map((file): Negative => ({
    name: `${file} with upper-case hex`,
    shows: 'spec 2.5: hex is lower-case',
    of: 'qualified',
    forgery: file === 'selection.tsv' ? { results: edit(file, UPPER) } : { lists: edit(file, UPPER) },
    expect: 'list.form',
  })),
  {
    name: 'population.tsv with an id twice, in two strata',
    shows: 'spec 2.4: ids ascend strictly',
    of: 'open',
    forgery: {
      lists: editCells('population.tsv', ([a = [], b = [], ...more]) => [a, [a[0]!, b[1]!, b[2]!], ...more]),
    },
    expect: 'list.form',
  },
  {
    name: 'population.tsv with the weight 0',
    shows: 'spec 2.5: the grammar of weights',
    of: 'open',
    forgery: {
      lists: editCells('population.tsv', ([[id = '', s = ''] = [], ...more]) => [[id, s, '0'], ...more]),
    },
    expect: 'list.form',
  },
  {
    name: 'unassigned.tsv names d00 in a draw without teams',
    shows: 'spec 2.6: d00 only in mode teams',
    of: 'perSubject',
    forgery: { results: (lists) => void lists.set('unassigned.tsv', utf8('91990000MA5FECEB66\td00\n')) },
    expect: 'list.form',
  },
]

const MANIFESTS = [
  'plan.json',
  'commit.json',
  'close.json',
  'certificate.json',
  'proofs.json',
  'people.json',
] as const

const MANIFEST_DAMAGES: readonly (readonly [string, (text: string) => string, CheckId])[] = [
  ['with an LF at the end', (text) => `${text}\n`, 'manifest.bytes'],
  ['with a BOM', (text) => `\uFEFF${text}`, 'manifest.bytes'],
  ['with a space', (text) => text.replace(':', ': '), 'manifest.bytes'],
  ['with a key twice', (text) => text.replace('"v":', '"v":"vdp1","v":'), 'manifest.bytes'],
  [
    'with unsorted keys',
    (text) => `{"v":"vdp1",${text.slice(1).replace(',"v":"vdp1"', '')}`,
    'manifest.bytes',
  ],
  ['with an unknown field', (text) => text.replace(/\}$/, ',"zz":1}'), 'manifest.fields'],
  ['with null', (text) => text.replace(/\}$/, ',"zz":null}'), 'manifest.bytes'],
  ['cut in the middle', (text) => text.slice(0, text.length >> 1), 'manifest.bytes'],
  [
    'of another version',
    (text) => text.replace('"vdp1"}', '"vdp2"}').replace('"v":"vdp1"', '"v":"vdp2"'),
    'manifest.fields',
  ],
]

const manifests = MANIFESTS.flatMap((file) =>
  MANIFEST_DAMAGES.map(([how, change, expect]): Negative => ({
    name: `${file} ${how}`,
    shows: expect === 'manifest.bytes' ? 'spec 2.3: strict JCS' : 'spec 3: fields are closed',
    of: 'open',
    damage: edit(file, change),
    expect,
  })),
)

const others: Negative[] = [
  {
    name: 'commit.json with upper-case hex, everything after it made to fit',
    shows: 'spec 2.5: hex is lower-case',
    of: 'open',
    forgery: { commit: (c) => void (c.plan.hash = c.plan.hash.toUpperCase()) },
    expect: 'manifest.fields',
  },
  {
    name: 'close.json with a note that is not in NFC',
    shows: 'spec 2.3: text is in NFC',
    of: 'open',
    forgery: { close: (k) => void (k.observers[2]!.note = 'e\u0301') },
    expect: 'manifest.bytes',
  },
  {
    name: 'commit.json with a fraction',
    shows: 'spec 2.3: no number but an integer',
    of: 'open',
    forgery: { commit: (c) => void (c.max_skips = 0.5) },
    expect: 'manifest.bytes',
  },
  {
    name: 'commit.json nested seventeen deep',
    shows: 'spec 2.3: sixteen levels',
    of: 'open',
    damage: edit('commit.json', (text) => text.replace(/\}$/, `,"zz":${'['.repeat(17)}${']'.repeat(17)}}`)),
    expect: 'manifest.bytes',
  },
  {
    name: 'commit.json is not UTF-8',
    shows: 'spec 2.3: well-formed text',
    of: 'open',
    damage: (files) =>
      void files.set('commit.json', concat(utf8('{"note":"'), Uint8Array.of(0xc0, 0x80), utf8('"}'))),
    expect: 'manifest.bytes',
  },
  {
    name: 'every list is gone',
    shows: 'spec 9: the files of a drawn bundle',
    of: 'open',
    damage: (files) => [...files.keys()].filter((n) => n.endsWith('.tsv')).forEach((n) => files.delete(n)),
    expect: 'bundle.files',
  },
  ...['population.tsv', 'close.json', 'proofs.json', 'people.json', 'short.tsv', 'teams.tsv'].map(
    (file): Negative => ({
      name: `${file} is not there`,
      shows: 'spec 9: the files of a drawn L2 bundle',
      of: 'open',
      damage: (files) => void files.delete(file),
      expect: 'bundle.files',
    }),
  ),
  {
    name: 'a second certificate lies beside the first',
    shows: 'attack: showing each observer another certificate',
    of: 'open',
    damage: (files) => void files.set('certificate-2.json', files.get('certificate.json') as Uint8Array),
    expect: 'bundle.files',
  },
  {
    name: 'selection.tsv is empty and population.tsv is cut in the middle of a line',
    shows: 'spec 2.4: a file cut in the middle',
    of: 'open',
    damage: both(
      (files: Map<string, Uint8Array>) => void files.set('selection.tsv', new Uint8Array()),
      edit('population.tsv', (text) => text.slice(0, text.length - 9)),
    ),
    expect: 'list.form',
  },
]

export const BYTES: readonly Negative[] = [...flipped, ...software, ...illFormed, ...manifests, ...others]
