/** Names of variables that tell a secret. */
const SECRET_NAME =
  /TOKEN|SECRET|PASS|PWD$|KEY|CREDENTIAL|AUTH|COOKIE|SESSION|PRIVATE|SIGNATURE|CERT|DSN|CONNECTION_STRING|WEBHOOK|SALT|PIN$/i;
/** Variables whose names only look like one. */
const HARMLESS_NAME =
  /^(PWD|OLDPWD|SSH_AUTH_SOCK|XDG_SESSION_\w+|DESKTOP_SESSION|SESSION_MANAGER|KEYBOARD\w*)$/;
/** Values that are secrets whatever their name: web tokens, keys in text form, well-known prefixes. */
const SECRET_VALUE =
  /^(eyJ[\w-]+\.[\w-]+|-----BEGIN |gh[pousr]_\w{20}|github_pat_|glpat-|xox[abprs]-|AKIA[0-9A-Z]{12}|sk-\w{16}|npm_\w{20})/;
const URL_PASSWORD = /(\w+:\/\/[^\s:/@]*):[^\s/@]+@/g;

/**
 * The environment as it may be shown: values of secret-looking names and secret-looking values are replaced, passwords
 * in URLs too.
 *
 * @param environment names and values
 * @returns the same names, sorted
 * @example Show an environment
 * ```ts
 * import { redactEnvironment } from "./redact_environment.ts";
 *
 * if (redactEnvironment({ API_TOKEN: "x" }).API_TOKEN !== "[redacted]") throw new Error("unexpected");
 * ```
 */
export function redactEnvironment(environment: Readonly<Record<string, string>>): Record<string, string> {
  const names = Object.keys(environment).sort();
  return Object.fromEntries(names.map((name) => [name, redact(name, environment[name]!)]));
}

function redact(name: string, value: string): string {
  const isSecretName = SECRET_NAME.test(name) && !HARMLESS_NAME.test(name);
  if (isSecretName || SECRET_VALUE.test(value)) return "[redacted]";
  return value.replace(URL_PASSWORD, "$1:[redacted]@");
}
