// Searching and listing the register of subjects, fast at ten million rows: a page is read either by walking the order, or
// by intersecting in the index what few subjects have, division by division; whichever touches fewer rows. After a bounded
// number of rows it stops and says how far it came.

import type { Reader } from '../../platform/database/database.ts'
import { divisionPrefix, type Reach } from '../../platform/reach.ts'
import { Refused } from '../../platform/refusal.ts'
import {
  byCode,
  candidateIds,
  candidates,
  divisionsOf,
  divisionsWithCode,
  estimate,
  keyAfter,
  nextDivision,
  settle,
  type Sought,
  type SubjectRow,
  walk,
} from './search-steps.store.ts'
import {
  divisionTerms,
  meaningsOf,
  prefixesWithin,
  roundly,
  type SubjectFilter,
  type SubjectKey,
  termsOf,
} from './terms.rules.ts'

export type { SubjectFilter, SubjectKey, SubjectRow }
