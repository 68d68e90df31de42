// The door of the server for the command `sunlot`, which loads it only when an operator asks.

export { backUp } from './operations/backup/backup.ts'
export { restore } from './operations/backup/restore.ts'
export { diagnose, linesOfDiagnosis } from './operations/doctor/doctor.ts'
export { migratePostgres, openDatabase } from './operations/engine.ts'
export { runServer } from './operations/run.ts'
export { makeCertificates } from './operations/tls/certificates.ts'
export { refusalSentence, sentence } from './operations/words.ts'
export { settingsFrom } from './platform/settings.ts'
