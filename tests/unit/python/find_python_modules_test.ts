import { findPythonModules } from "../../../src/hooks/collectors/python/find_python_modules.ts";
import { assertEquals } from "../../support/assert.ts";

const line = (start: string, offset: string, path: string) =>
  `${start}-7fff00000000 r-xp ${offset} 08:01 42     ${path}\n`;

Deno.test("findPythonModules() puts the program first, then libpython, and leaves extension modules out", () => {
  const maps =
    line("7f0000003000", "00000000", "/py/lib/python3.9/lib-dynload/_ssl.cpython-39-x86_64-linux-gnu.so") +
    line("7f0000001800", "00001000", "/py/lib/libpython3.9.so.1.0 (deleted)") +
    line("7f0000002000", "00000000", "/py/lib/libpython3.9.so.1.0 (deleted)") +
    line("00400000", "00000000", "/py/bin/python3.9");
  assertEquals<unknown>(findPythonModules(maps, "/py/bin/python3.9"), {
    modules: [
      { path: "/py/bin/python3.9", loadAddress: 0x400000 },
      { path: "/py/lib/libpython3.9.so.1.0", loadAddress: 0x7f0000002000 },
    ],
    versionByName: "3.9",
  });
});

Deno.test("findPythonModules() finds an embedded Python, and none in other programs", () => {
  const app = line("00400000", "00000000", "/usr/bin/app");
  const embedded = app + line("7f0000002000", "00000000", "/usr/lib/libpython3.12.so.1.0");
  assertEquals(findPythonModules(embedded, "/usr/bin/app").modules.length, 2);
  assertEquals(findPythonModules(app, "/usr/bin/app").modules, []);
});
