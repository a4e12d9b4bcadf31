/**
 * The environment of an attempt: `PREKILL_ID` is its cookie, `PREKILL_OUTER_IDS` those of the attempts around it (prekill
 * under prekill), so that the outer one still finds everything below.
 *
 * @param environment the environment that the process would have without prekill
 * @param cookie the attempt's id
 * @returns a new environment
 */
export function withCookie(
  environment: Readonly<Record<string, string>>,
  cookie: string,
): Record<string, string> {
  const outer = [environment.PREKILL_OUTER_IDS, environment.PREKILL_ID].filter((id) =>
    id !== undefined && id !== ""
  );
  const result: Record<string, string> = { ...environment, PREKILL_ID: cookie };
  if (outer.length > 0) result.PREKILL_OUTER_IDS = outer.join(",");
  return result;
}
