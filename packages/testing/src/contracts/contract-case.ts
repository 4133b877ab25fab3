/** One promise that a contract checks: it throws when the promise is broken. */
export interface ContractCase {
  /** What is promised, with the seed of what is drawn, so that a failure can be replayed. */
  readonly name: string;
  /** Checks it. */
  readonly run: () => Promise<void>;
}
