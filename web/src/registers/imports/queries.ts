// What the screens of register imports ask the server.

import { useQuery } from '@tanstack/react-query'
import { answerOf, api, type Answer, type Body, type Row } from '../../api.ts'
import type { SearchTexts } from '../../ui/list-search.ts'

export type RegisterImport = Answer<'/api/v1/register-imports/{id}'>
export type Register = RegisterImport['register']
export type Mode = RegisterImport['mode']
export type ImportRow = Row<'/api/v1/register-imports/{id}/rows'>
export type Result = ImportRow['result']
export type Mapping = Body<'/api/v1/register-imports/{id}/check'>['mapping']
export type Opening = NonNullable<Body<'/api/v1/register-imports'>['opening']>

export const REGISTERS = ['subject', 'inspector', 'item'] as const satisfies readonly Register[]
export const MODES = ['merge', 'full', 'reconcile'] as const satisfies readonly Mode[]
export const SOURCES = [
  'marketRegulation',
  'businessEnvironment',
  'civilAffairs',
  'publicInstitution',
  'licences',
  'other',
] as const satisfies readonly NonNullable<Mapping['source']>[]
export const ENCODINGS = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be'] as const satisfies readonly NonNullable<
  Opening['encoding']
>[]

/** While the server works on it, what is shown is out of date soon. */
export const WORKING: readonly string[] = ['checking', 'applying', 'undoing']

const LOOK_AGAIN_MS = 1_000

type Query = Record<string, string>

export const useRegisterImports = (query: SearchTexts) =>
  useQuery({
    queryKey: ['registerImports', query],
    queryFn: () => answerOf(api.GET('/api/v1/register-imports', { params: { query: query as Query } })),
    refetchInterval: ({ state }) =>
      state.data?.items.some((one) => WORKING.includes(one.state)) ? 2 * LOOK_AGAIN_MS : false,
  })

/** One import, asked again and again while work on it is under way. */
export const useRegisterImport = (id: string) =>
  useQuery({
    queryKey: ['registerImports', id],
    queryFn: () => answerOf(api.GET('/api/v1/register-imports/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) =>
      state.data && WORKING.includes(state.data.state) ? LOOK_AGAIN_MS : false,
  })

/** Rows of an import; `version` names the comparison that they come from. */
export const useImportRows = (id: string, version: number, query: SearchTexts) =>
  useQuery({
    queryKey: ['registerImports', id, 'rows', version, query],
    queryFn: () =>
      answerOf(
        api.GET('/api/v1/register-imports/{id}/rows', { params: { path: { id }, query: query as Query } }),
      ),
  })

/** How this authority understood its tables before. */
export const useMappings = (register: Register) =>
  useQuery({
    queryKey: ['importMappings', register],
    queryFn: () => answerOf(api.GET('/api/v1/import-mappings', { params: { query: { register } } })),
  })
