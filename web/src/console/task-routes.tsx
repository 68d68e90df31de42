// The addresses of 抽查任务.

/** Tasks, their consultation, schemes and what-if. */
export const TASK_PAGES = [] as const
