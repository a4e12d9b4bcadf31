/** Counts of a run by status, which the reports share. */
export { isBad, type MutableCounts, noCounts } from "../status_counts.ts";
