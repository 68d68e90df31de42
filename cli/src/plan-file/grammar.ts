// The grammars of the specification, section 2.5, as far as a plan file states such values.

export const ID = /^[0-9A-Za-z._:-]{1,55}$/
/** One part of a stratum; parts are joined by "/". */
export const STRATUM_PART = /^[0-9A-Za-z._:-]{1,64}$/
/** A stratum in which `*` stands for any one part, or for all of them when alone. */
export const STRATUM_PATTERN = /^[0-9A-Za-z._:/*-]{1,64}$/
export const AUTHORITY = /^(?!d00$)d[0-9]{2,6}$/
export const CLASS = /^[a-z0-9_]{1,24}$/
export const REASON = /^[a-z_]{1,24}$/
export const WEIGHT = /^[1-9][0-9]{0,8}$/
export const SOURCE = /^[a-z][a-z0-9_]{0,15}$/
export const HEX64 = /^[0-9a-f]{64}$/
