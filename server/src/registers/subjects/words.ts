// What the tables that officials take away call things. Screens have their own words, in two languages.

export const KINDS_SHOWN = {
  LEGAL_PERSON: '法人',
  NATURAL_PERSON: '自然人',
  UNINCORPORATED: '非法人组织',
  PRODUCT: '产品',
  PROJECT: '项目',
  ACTIVITY: '行为',
} as const

export const ENTITY_TYPES_SHOWN = {
  enterprise: '企业',
  individualBusiness: '个体工商户',
  farmersCooperative: '农民专业合作社',
  privateNonEnterpriseUnit: '社会服务机构（民办非企业单位）',
  socialOrganisation: '社会团体',
  publicInstitution: '事业单位',
  professionalBody: '专业服务机构',
  other: '其他',
} as const

export const STATES_SHOWN = {
  active: '存续',
  suspended: '歇业',
  deregistered: '注销',
  revoked: '吊销',
  cancelled: '撤销',
  relocated: '迁出',
} as const

export const CODE_KINDS_SHOWN = {
  uscc: '统一社会信用代码',
  registrationNumber: '注册号',
  issued: '平台编号',
} as const

export const FLAGS_SHOWN: Readonly<Record<string, string>> = {
  countyFromCode: '区划按登记机关代码推定',
  countyByShortName: '区划按住所中的简称推定',
  countyUnknown: '区划未能确定到县级',
  revokedDivision: '原区划已撤销',
  registrationCheckDigit: '注册号校验位不符',
  idCardLike: '注册号疑似旧身份证号',
  licenceReturned: '许可证终止后短期内又登记',
}
