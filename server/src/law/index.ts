// The door of the law: the pure side, and the book that holds what a place added to the files.

export * from './rules.ts'
export { LawBook } from './book.ts'
export { startDeadline } from './deadlines.store.ts'
export { loadLaw } from './read-folder.ts'
export { lawRoutes } from './routes.ts'
export { lawContribution } from './waiting.store.ts'
