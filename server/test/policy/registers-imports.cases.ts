// The routes of imports. What would change the world is sent so that it is refused after it was allowed.

import { get, list, of, plain, post, REASON, record, type RouteCase } from './route-case.ts'

const OVER = '409 import.is_discarded'
const MAPPING = { mapping: { columns: { name: 0 } } }
const FILE = { file: '0'.repeat(64), fileName: '名单.csv', register: 'subject', mode: 'merge' }
const seen = { seenBy: 'registerImport.show' } as const

const about = (verb: string, path: string, body?: object): RouteCase =>
  record(
    `registerImport.${verb}`,
    OVER,
    ({ registerImportId }) => of(registerImportId, (id) => post(`/register-imports/${id}/${path}`, body)),
    seen,
  )

export const IMPORT_CASES: readonly RouteCase[] = [
  plain('file.upload', '201', post('/files', '示例')),
  plain('registerImport.template', '200', get('/register-import-template?register=subject')),
  plain('registerImport.mappings', '200', get('/import-mappings?register=subject')),
  list(
    'registerImport.list',
    () => get('/register-imports?limit=200'),
    (t) => t.registerImportId,
  ),
  plain('registerImport.create', '422 import.file_unknown', post('/register-imports', FILE)),
  record('registerImport.show', '200', ({ registerImportId }) =>
    of(registerImportId, (id) => get(`/register-imports/${id}`)),
  ),
  record('registerImport.rows', '200', ({ registerImportId }) =>
    of(registerImportId, (id) => get(`/register-imports/${id}/rows`)),
  ),
  record('registerImport.report', '200', ({ registerImportId }) =>
    of(registerImportId, (id) => get(`/register-imports/${id}/report.csv`)),
  ),
  about('check', 'check', MAPPING),
  about('approve', 'approval'),
  about('apply', 'application'),
  about('undo', 'undo', REASON),
  about('discard', 'discarding'),
  plain(
    'registerImport.push',
    '422 import.division_elsewhere',
    post('/subject-pushes', { source: '示例系统', division: '000001', subjects: [{ name: '示例' }] }),
  ),
]
