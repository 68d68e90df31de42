// How a job ends otherwise than by being done.

/** Thrown inside a job that was cancelled. */
export class JobCancelled extends Error {}

/** Thrown by a job that failed for good: trying again helps nobody. */
export class JobFailed extends Error {}

/** Thrown inside a job that another server has taken over, or that is over. */
export class JobTakenOver extends Error {}
