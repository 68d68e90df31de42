// The door of the server for the command `sunlot`, which loads it only when an operator asks.

export { backUp } from './operations/backup/backup.ts'
export { restore } from './operations/backup/restore.ts'
export { diagnose, linesOfDiagnosis } from './operations/doctor/doctor.ts'
export { migratePostgres, openDatabase } from './operations/engine.ts'
export { runServer } from './operations/run.ts'
export { makeCertificates } from './operations/tls/certificates.ts'
export { VERIFICATIONS } from './operations/verify/installation.ts'
export { linesOfReport } from './operations/verify/lines.ts'
export { operateWitness } from './operations/witness.ts'
export { refusalSentence, sentence } from './operations/words.ts'
export { exitCodeOf } from './platform/log/index.ts'
export { settingsFrom } from './platform/settings.ts'
