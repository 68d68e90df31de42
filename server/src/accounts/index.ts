// 账号: how a person signs in, and what a session may do.

export { SESSION_COOKIE } from './session-cookie.ts'
export { endSessionsOfPerson, findPerson, insertSession, type NewSession } from './sessions.store.ts'
export { hashPassword } from './password-hash.ts'
