/** The host's object with the function that ends this process. */
export interface ExitOwner {
  exit: (code?: number) => never;
}

/** `exit` and `refuseExit` of the port. */
export interface ExitSwitch {
  exit(code: number): never;
  refuseExit(message: string): () => void;
}

/**
 * Makes both ways of the port to handle the end of this process.
 *
 * @param owner the host's object; its function is replaced while exits are refused
 * @returns the two methods
 */
export function createExitSwitch(owner: ExitOwner): ExitSwitch {
  let hostExit: ExitOwner["exit"] | undefined;
  let refusals = 0;
  return {
    exit: (code) => (hostExit ?? owner.exit).call(owner, code),
    refuseExit(message) {
      hostExit ??= owner.exit;
      refusals++;
      owner.exit = () => {
        throw new Error(message);
      };
      let refused = true;
      return () => {
        if (!refused) return;
        refused = false;
        if (--refusals > 0 || hostExit === undefined) return;
        owner.exit = hostExit;
        hostExit = undefined;
      };
    },
  };
}
