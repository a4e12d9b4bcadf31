/** The fingerprints of one case, one for each run that left a sample. */
export interface CaseFingerprints {
  readonly name: string;
  readonly fingerprints: readonly string[];
}

/**
 * Checks that a fingerprint names one hang: the same in every run of a case, another one in every other case.
 *
 * @param cases the cases that ran
 * @returns what is wrong, by name of the case; cases without fault are left out
 */
export function fingerprintFaults(
  cases: readonly CaseFingerprints[],
): ReadonlyMap<string, readonly string[]> {
  const faults = new Map<string, string[]>();
  for (const { name, fingerprints } of cases) {
    const own = new Set(fingerprints);
    const others = cases.filter((other) =>
      other.name !== name && other.fingerprints.some((fingerprint) => own.has(fingerprint))
    );
    const found = [
      ...own.size > 1 ? [`its fingerprint differs from run to run: ${[...own].join(", ")}`] : [],
      ...others.map((other) => `has the fingerprint of ${other.name}`),
    ];
    if (found.length > 0) faults.set(name, found);
  }
  return faults;
}
