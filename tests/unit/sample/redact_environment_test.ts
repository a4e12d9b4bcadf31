import { redactEnvironment } from "../../../src/hooks/sample/redact_environment.ts";
import { assertEquals } from "../../support/assert.ts";

const HIDDEN = "[redacted]";

Deno.test("redactEnvironment() hides values, when their names sound secret", () => {
  const names = ["GITHUB_TOKEN", "DB_PASSWORD", "aws_secret_access_key", "NPM_AUTH", "SESSION_COOKIE"];
  const hidden = redactEnvironment(Object.fromEntries(names.map((name) => [name, "v"])));
  assertEquals(Object.values(hidden), names.map(() => HIDDEN));
});

Deno.test("redactEnvironment() hides values, when they look like secrets whatever their name", () => {
  const environment = { A: "eyJhbGciOi.eyJzdWIi.x", B: "-----BEGIN PRIVATE", C: "AKIA1234567890ABCDEF" };
  assertEquals(redactEnvironment(environment), { A: HIDDEN, B: HIDDEN, C: HIDDEN });
});

Deno.test("redactEnvironment() hides the password alone, when it stands in a URL", () => {
  assertEquals(redactEnvironment({ DB: "postgres://me:pw@db:5432/x" }), {
    DB: "postgres://me:[redacted]@db:5432/x",
  });
});

Deno.test("redactEnvironment() shows harmless values, when names only sound secret", () => {
  const environment = { HOME: "/home/a", PATH: "/bin", PWD: "/x", XDG_SESSION_ID: "4" };
  assertEquals(redactEnvironment(environment), environment);
});
