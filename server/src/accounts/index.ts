// 账号: how a person signs in, and what a session may do.

export { endSessions, findPerson, openSession, type NewSession } from './sessions.store.ts'
