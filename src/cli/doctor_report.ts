/** One thing that `prekill doctor` looked at. */
export interface DoctorCheck {
  readonly group: "host" | "kernel" | "tools" | "runtimes";
  readonly name: string;
  /** `limited`: it works, but not for everything. `info`: neither good nor bad. */
  readonly status: "ok" | "limited" | "missing" | "info";
  /** Whether samples lack something that matters without it. */
  readonly essential: boolean;
  /** What was found, on one line. */
  readonly detail: string;
  /** What it is good for. */
  readonly purpose?: string | undefined;
  /** What to do, when something is missing. */
  readonly remedy?: string | undefined;
}

/** What `prekill doctor --json` prints. Fields are only ever added. */
export interface DoctorReport {
  readonly schema: "prekill.doctor/1";
  readonly version: string;
  /** False when something essential is missing. */
  readonly healthy: boolean;
  readonly checks: readonly DoctorCheck[];
}

/**
 * Sums checks up.
 *
 * @param version prekill's version
 * @param checks all of them
 * @returns the report
 */
export function doctorReport(version: string, checks: readonly DoctorCheck[]): DoctorReport {
  const healthy = !checks.some((check) => check.essential && check.status === "missing");
  return { schema: "prekill.doctor/1", version, healthy, checks };
}
