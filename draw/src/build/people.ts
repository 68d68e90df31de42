// The people of a draw as its makers read them: all three lists, for one that makes a draw holds them all.

import type { BundleFiles } from '../bundle/files.ts'
import { type Person, readPeople } from '../people/register.ts'

/** Everyone with classes and conflicts. Throws where one of the lists is not there: nobody is drawn on half a register. */
export function peopleIn(files: BundleFiles): Person[] {
  return readPeople({
    inspectors: files.read('inspectors.tsv'),
    attributes: files.read('attributes.tsv'),
    conflicts: files.read('conflicts.tsv'),
  })
}
