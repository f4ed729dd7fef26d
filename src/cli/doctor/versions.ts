/** The first version of the manager interface that DAMI is tested with: Asterisk 16. */
export const OLDEST_TESTED = 5;
