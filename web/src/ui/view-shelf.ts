// Where saved views are kept. `ui` does not know the server: the console puts a shelf here.

import { createContext, useContext } from 'react'

/** Filters of one list under a name. */
export interface SavedView {
  readonly id: string
  /** The address of the list. */
  readonly page: string
  readonly name: string
  /** The filters as the address has them, without `?`. */
  readonly search: string
  readonly version: number
}

export interface ViewShelf {
  readonly views: readonly SavedView[]
  readonly save: (view: Pick<SavedView, 'page' | 'name' | 'search'>) => Promise<unknown>
  readonly rename: (view: SavedView, name: string) => Promise<unknown>
  readonly remove: (view: SavedView) => Promise<unknown>
}

const ShelfContext = createContext<ViewShelf | undefined>(undefined)
export const ViewShelfProvider = ShelfContext.Provider

/** The shelf; undefined where nobody keeps one. */
export function useViewShelf(): ViewShelf | undefined {
  return useContext(ShelfContext)
}
