// The addresses of 年度计划.

/** Plans, their tables, amendments and filings. */
export const PLAN_PAGES = [] as const
