// What offices write under 企业类型, and what a code says → the kind and the type of a subject (REQ-OBJ-1, -2).

import { isCreditCode, isNullWord } from '@sunlot/draw'

/** 法人, 自然人, 非法人组织; and what is supervised without being any of them: 产品, 项目, 行为. */
export const SUBJECT_KINDS = [
  'LEGAL_PERSON',
  'NATURAL_PERSON',
  'UNINCORPORATED',
  'PRODUCT',
  'PROJECT',
  'ACTIVITY',
] as const
export type SubjectKind = (typeof SUBJECT_KINDS)[number]

/** Civil non-enterprise units (民办非企业单位) are called 社会服务机构 since the Civil Code; the type is one. */
export const ENTITY_TYPES = [
  'enterprise',
  'individualBusiness',
  'farmersCooperative',
  'privateNonEnterpriseUnit',
  'socialOrganisation',
  'publicInstitution',
  'professionalBody',
  'other',
] as const
export type EntityType = (typeof ENTITY_TYPES)[number]

export interface SubjectType {
  readonly kind: SubjectKind
  readonly entityType: EntityType
}

const LEGAL = (entityType: EntityType): SubjectType => ({ kind: 'LEGAL_PERSON', entityType })
const LOOSE = (entityType: EntityType): SubjectType => ({ kind: 'UNINCORPORATED', entityType })

/**
 * Words that decide, the first that is found: what is a branch is none of what it is a branch of, and a society with limited
 * liability is an enterprise, not a society.
 */
const WORDS: readonly (readonly [words: RegExp, type: SubjectType])[] = [
  [/农民专业合作.*(?:分支|分社)/, LOOSE('farmersCooperative')],
  [/农民专业合作|专业合作(?:社|经济组织)|农民合作社|供销合作社联合社/, LEGAL('farmersCooperative')],
  [
    /律师|公证|司法鉴定|法律服务所|仲裁|会计师事务所|税务师事务所|专利代理|评估(?:所|事务所)/,
    LOOSE('professionalBody'),
  ],
  [/分支|分公司|非法人|代表机构|办事处|代表处|经营单位|营业部|营业$|来料加工/, LOOSE('enterprise')],
  [/个体|个人经营|家庭经营/, LOOSE('individualBusiness')],
  [/民办非企业|民非|社会服务机构/, LEGAL('privateNonEnterpriseUnit')],
  [/事业单位|机关|人民团体/, LEGAL('publicInstitution')],
  [/社会团体|社团|基金会|商会|协会|宗教活动场所|业主(?:大会|委员会)/, LEGAL('socialOrganisation')],
  [/独资企业|个人独资|合伙|联营|私营独资/, LOOSE('enterprise')],
  [/公司|企业|股份|有限责任|集体|国有|全民|外商|港.?澳.?台|中外|国营|法人/, LEGAL('enterprise')],
]
// 自然人独资 stands in the type of a company with one shareholder, and so do 法人独资, 国有独资 and 外商独资.
const COMPANY = /有限责任|有限公司|股份有限/
const BRANCH = /分支|分公司|分社|非法人/

/**
 * Reads an office's words: 有限责任公司(自然人独资) → a legal person, an enterprise. Nothing where the words say nothing.
 * Individual businesses count as unincorporated: they are registered, and drawn, under a trade name and a code of their own.
 */
export function typeOfWords(text: string): SubjectType | undefined {
  const words = text.normalize('NFKC').replaceAll(/\s/g, '')
  if (words === '' || isNullWord(words)) return undefined
  if (words === '自然人' || words === '公民') return { kind: 'NATURAL_PERSON', entityType: 'other' }
  if (words === '产品') return { kind: 'PRODUCT', entityType: 'other' }
  if (words === '项目') return { kind: 'PROJECT', entityType: 'other' }
  if (words === '行为' || words === '活动') return { kind: 'ACTIVITY', entityType: 'other' }
  if (COMPANY.test(words) && !BRANCH.test(words)) return LEGAL('enterprise')
  return WORDS.find(([pattern]) => pattern.test(words))?.[1]
}

/** By who registers (登记管理部门) and what (机构类别): the first two characters of a credit code, GB 32100-2015. */
const REGISTERED: Readonly<Record<string, SubjectType>> = {
  '11': LEGAL('publicInstitution'),
  '12': LEGAL('publicInstitution'),
  '13': LEGAL('publicInstitution'),
  '31': LOOSE('professionalBody'),
  '32': LOOSE('professionalBody'),
  '33': LOOSE('professionalBody'),
  '34': LOOSE('professionalBody'),
  '35': LOOSE('professionalBody'),
  '51': LEGAL('socialOrganisation'),
  '52': LEGAL('privateNonEnterpriseUnit'),
  '53': LEGAL('socialOrganisation'),
  '91': LEGAL('enterprise'),
  '92': LOOSE('individualBusiness'),
  '93': LEGAL('farmersCooperative'),
}

/**
 * Reads a code: 93… is a farmers' co-operative; of a registration number of 15 digits, a seventh digit from 6 up is an
 * individual business. Nothing where the code does not say. The name tells branches of companies from companies.
 */
export function typeOfCode(code: string, name = ''): SubjectType | undefined {
  const known = isCreditCode(code) ? REGISTERED[code.slice(0, 2)] : typeOfRegistrationNumber(code)
  if (known?.entityType !== 'enterprise' || !BRANCH_NAME.test(name)) return known
  return LOOSE('enterprise')
}

/** The type of a subject from its register's words, else from its code, else `other`. */
export function entityTypeOf(words: string, code: string, name: string): SubjectType {
  return typeOfWords(words) ?? typeOfCode(code, name) ?? { kind: 'UNINCORPORATED', entityType: 'other' }
}

const BRANCH_NAME = /分公司$|分店$|分行$|支行$|分部$|营业部$|办事处$|代表处$/

function typeOfRegistrationNumber(code: string): SubjectType | undefined {
  if (/^\d{6}N[AB]/.test(code)) return LEGAL('farmersCooperative')
  if (!/^\d{15}$/.test(code)) return undefined
  return Number(code[6]) >= 6 ? LOOSE('individualBusiness') : LEGAL('enterprise')
}
