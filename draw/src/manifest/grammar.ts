// The grammars of spec 2.5. Everything that is sorted or hashed in a list is ASCII and matches one of these.

export const HEX64 = /^[0-9a-f]{64}$/
export const HEX = /^([0-9a-f]{2})+$/
export const ID = /^[0-9A-Za-z._:-]{1,55}$/
export const STRATUM = /^[0-9A-Za-z._:/-]{1,64}$/
export const AUTHORITY = /^(?!d00$)d[0-9]{2,6}$/
export const AUTHORITY_OR_TEAMS = /^d[0-9]{2,6}$/
export const REASON = /^[a-z_]{1,24}$/
export const CLASS = /^[a-z0-9_]{1,24}$/
export const WEIGHT = /^[1-9][0-9]{0,8}$/
export const SOURCE = /^[a-z][a-z0-9_]{0,15}$/
export const TEAM = /^t([0-9]{4}|[1-9][0-9]{4,5})$/
export const ALIAS = /^[0-9a-f]{48}$/
export const DEC = /^(0|[1-9][0-9]{0,39})$/
export const ROW_NUMBER = /^[0-9]{10}$/
export const BATCH = /^(0|[1-9][0-9]*)$/
export const LIST_NAME = /^[a-z]+(-d[0-9]{2,6})?\.tsv$/
