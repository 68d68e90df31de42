// The policy as a table of text that a person reads and a diff shows, and back again.

import { type Role, ROLES } from '../../src/platform/actor.ts'
import type { Policy } from '../../src/platform/reach.ts'

/** How far a role goes: nowhere, its authority, where that takes part, its division and all below it, everywhere. */
export type Cell = '·' | 'own' | 'inv' | 'sub' | 'all'

/** Who may do an action, as the text has it. */
export interface MatrixLine {
  readonly public: boolean
  readonly self: boolean
  readonly enrolling: boolean
  readonly reauthenticate: boolean
  readonly roles: Readonly<Record<Role, Cell>>
}
export type Matrix = Readonly<Record<string, MatrixLine>>

const SHORT: Readonly<Record<Role, string>> = {
  systemAdministrator: 'SYS',
  securityAdministrator: 'SEC',
  auditAdministrator: 'AUD',
  conferenceOffice: 'OFF',
  clerk: 'CLK',
  unitHead: 'UNT',
  leaderInCharge: 'LDR',
  inspector: 'INS',
  oversight: 'OVR',
  reader: 'RDR',
}
const CELLS = {
  ownAuthority: 'own',
  invitedAuthority: 'inv',
  divisionSubtree: 'sub',
  everywhere: 'all',
} as const
const FLAGS = ['public', 'self', 'enrolling', 'reauth'] as const
const LEGEND = `# Who may do what, and how far. Generated from server/src/policy.ts: UPDATE_MATRIX=1 npx vitest run server/test/policy/matrix.test.ts
# own: the authority that one acts for   sub: the division of the grant and all below it   all: everywhere   ·: no
# inv: what the authority that one acts for takes part in, and what of the division and below is open (published, agreed)
# public: anybody   self: everybody, about himself   enrolling: also before the second factor stands
# reauth: only shortly after password and code were given again
# ${ROLES.map((role) => `${SHORT[role]} ${role}`).join('   ')}`

/** The whole policy as text, a line for each action in the order of the alphabet. */
export function matrixText(policy: Policy): string {
  const actions = Object.keys(policy).toSorted()
  const width = Math.max(...actions.map((action) => action.length))
  const row = (action: string, cells: readonly string[]): string =>
    [action.padEnd(width), ...cells].join('  ').trimEnd()
  const head = row('', [...FLAGS, ...ROLES.map((role) => SHORT[role])])
  const lines = actions.map((action) => {
    const line = policy[action] ?? {}
    const flags = [line.public, line.self, line.whileEnrolling, line.reauthenticate]
    return row(action, [
      ...flags.map((flag, at) => (flag ? 'yes' : '·').padEnd(FLAGS[at]!.length)),
      ...ROLES.map((role) => cellOf(line.roles?.[role]).padEnd(3)),
    ])
  })
  return `${[LEGEND, '', head, ...lines].join('\n')}\n`
}

/** The matrix that a text says. Throws where a line is not of its shape. */
export function readMatrix(text: string): Matrix {
  const [head, ...lines] = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  const order = (head ?? '').trim().split(/\s+/).slice(FLAGS.length).map(roleOf)
  return Object.fromEntries(lines.map((line) => readLine(line, order)))
}

function readLine(line: string, order: readonly Role[]): readonly [string, MatrixLine] {
  const [action = '', ...cells] = line.split(/\s+/)
  if (cells.length !== FLAGS.length + order.length) throw new Error(`not a line of the matrix: ${line}`)
  const [isPublic, self, enrolling, reauth] = cells.map((cell) => cell === 'yes')
  const roles = Object.fromEntries(order.map((role, at) => [role, cells[FLAGS.length + at]]))
  return [
    action,
    {
      public: isPublic === true,
      self: self === true,
      enrolling: enrolling === true,
      reauthenticate: reauth === true,
      roles: roles as Record<Role, Cell>,
    },
  ]
}

function roleOf(short: string): Role {
  const role = ROLES.find((role) => SHORT[role] === short)
  if (!role) throw new Error(`no role is called ${short}`)
  return role
}

function cellOf(reach: keyof typeof CELLS | undefined): Cell {
  return reach === undefined ? '·' : CELLS[reach]
}
