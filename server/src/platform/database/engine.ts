// The door to the two engines: PostgreSQL, and PGlite embedded in this process.

export { DirectoryInUse } from './directory-lock.ts'
export { isLow, readFreeSpace, type FreeSpace } from './disk-space.ts'
export { openEmbedded, type EmbeddedOptions } from './embedded.ts'
export {
  DatabaseRefused,
  type DatabaseRefusal,
  type Durability,
  type DurabilityLevel,
  type Engine,
} from './engine-contract.ts'
export { openPostgres, type PostgresOptions } from './postgres.ts'
