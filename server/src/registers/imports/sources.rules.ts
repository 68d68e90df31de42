// 名单来源: the registers of others that the register of subjects must agree with, and of whom each of them speaks.

/** Whose list it is: 市场监管登记, 营商环境, 民政登记, 事业单位登记, the authority's own licences, another. */
export const SOURCES = [
  'marketRegulation',
  'businessEnvironment',
  'civilAffairs',
  'publicInstitution',
  'licences',
  'other',
] as const
export type Source = (typeof SOURCES)[number]

/** What the tables that officials take away call them. */
export const SOURCES_SHOWN: Readonly<Record<Source, string>> = {
  marketRegulation: '市场监管登记',
  businessEnvironment: '营商环境',
  civilAffairs: '民政登记',
  publicInstitution: '事业单位登记',
  licences: '本部门许可',
  other: '其他',
}

// Who registers whom. A list of associations says nothing of a shop that is not on it.
const REGISTERED: Readonly<Partial<Record<Source, readonly string[]>>> = {
  marketRegulation: ['enterprise', 'individualBusiness', 'farmersCooperative'],
  civilAffairs: ['privateNonEnterpriseUnit', 'socialOrganisation'],
  publicInstitution: ['publicInstitution'],
}

/** The entity types whose absence from a list of this source means something; undefined: all. */
export function entityTypesOf(source: Source | undefined): readonly string[] | undefined {
  return source && REGISTERED[source]
}
