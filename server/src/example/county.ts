// 青石县, which does not exist: its authorities and people. Numbers for names, so that nobody is taken for somebody.

import type { Role } from '../platform/actor.ts'

/** Somebody of the example. */
export interface ExamplePerson {
  readonly name: string
  readonly post: string
  /** Who signs in has one; the others only stand in the directory. */
  readonly username?: string
  readonly roles?: readonly Role[]
}

/** An authority of the example; its first person is its deputy head, the 分管同志 of the joint conference. */
export interface ExampleAuthority {
  readonly name: string
  readonly shortName: string
  readonly inspects: boolean
  readonly units: readonly string[]
  readonly people: readonly ExamplePerson[]
}

export const DIVISION = '990101'
export const CONFERENCE = '青石县“双随机、一公开”监管工作联席会议'

/** The authority with whose administrators the database is born; also the office of the joint conference. */
export const FIRST: ExampleAuthority = {
  name: '青石县市场监督管理局',
  shortName: '县市场监管局',
  inspects: true,
  units: ['信用监督管理股', '食品安全监督管理股', '综合行政执法大队'],
  people: [
    { name: '郑七', post: '副局长', username: 'zhengqi', roles: ['leaderInCharge'] },
    { name: '李四', post: '联席会议办公室主任', username: 'lisi', roles: ['conferenceOffice'] },
    { name: '周五', post: '科员', username: 'zhouwu', roles: ['clerk'] },
    { name: '吴六', post: '股长', username: 'wuliu', roles: ['unitHead'] },
    { name: '蒋十二', post: '执法人员', username: 'jiangshier', roles: ['inspector'] },
    { name: '沈十三', post: '执法人员' },
    { name: '吕二十一', post: '档案员', username: 'lvershiyi', roles: ['reader'] },
  ],
}

/** 三员, by role. */
export const ADMINISTRATORS = {
  systemAdministrator: { name: '赵一', username: 'zhaoyi' },
  securityAdministrator: { name: '钱二', username: 'qianer' },
  auditAdministrator: { name: '孙三', username: 'sunsan' },
} as const

export const JUSTICE: ExampleAuthority = {
  name: '青石县司法局',
  shortName: '县司法局',
  inspects: true,
  units: ['行政执法协调监督股'],
  people: [
    { name: '冯八', post: '副局长', username: 'fengba', roles: ['oversight'] },
    { name: '卫九', post: '股长', username: 'weijiu', roles: ['oversight'] },
  ],
}

export const OTHERS: readonly ExampleAuthority[] = [
  {
    name: '青石县卫生健康局',
    shortName: '县卫健局',
    inspects: true,
    units: ['卫生健康综合行政执法大队'],
    people: [
      { name: '褚十一', post: '副局长', username: 'chushiyi', roles: ['leaderInCharge'] },
      { name: '陈十', post: '科员', username: 'chenshi', roles: ['clerk'] },
    ],
  },
  authority('文化旅游广电局', '文旅广电局', '文化市场综合行政执法大队', '韩十四'),
  authority('应急管理局', '应急局', '应急管理综合行政执法大队', '杨十五'),
  authority('住房和城乡建设局', '住建局', '建筑市场监管股', '朱十六'),
  authority('消防救援大队', '消防大队', '防火监督股', '秦十七'),
  authority('人力资源和社会保障局', '人社局', '劳动保障监察大队', '尤十八'),
  authority('教育局', '教育局', '校外教育培训监管股', '许十九'),
  authority('农业农村局', '农业农村局', '农业综合行政执法大队', '何二十'),
]

function authority(name: string, shortName: string, unit: string, deputy: string): ExampleAuthority {
  return {
    name: `青石县${name}`,
    shortName: `县${shortName}`,
    inspects: true,
    units: [unit],
    people: [{ name: deputy, post: '副职负责人' }],
  }
}
