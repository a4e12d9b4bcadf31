/** The state that an interpreter keeps of a thread. */
export interface ThreadState {
  readonly address: number;
  /** Number of the thread in the system. */
  readonly tid: number;
}
