import { locatePython } from "../../../src/hooks/collectors/python/locate_python.ts";
import {
  createPythonObjects,
  type PythonObjects,
} from "../../../src/hooks/collectors/python/python_objects.ts";
import { openRemoteMemory } from "../../../src/hooks/collectors/remote_memory.ts";
import { host } from "../../../src/runtime/host.ts";
import { assert, assertEquals } from "../../support/assert.ts";
import { installedPythons } from "../../support/pythons.ts";
import { withPythonProgram } from "../../support/with_python_program.ts";

type NumberOrText = number | string | null;

/** What `known_objects.py` prints; objects are named by their address. */
interface OwnReport {
  readonly things: readonly (readonly [number, string, NumberOrText, readonly NumberOrText[]])[];
  readonly instances:
    readonly (readonly [number, string, string, readonly (readonly [string, NumberOrText])[]])[];
  readonly dictionaries: readonly (readonly [number, readonly (readonly [string, NumberOrText])[]])[];
  readonly numbered: number;
  readonly joint: number;
}

const isX86Linux = host.os === "linux" && host.arch === "x86_64";

function numberOrText(objects: PythonObjects, object: number): NumberOrText {
  return objects.text(object) ?? objects.number(object) ?? null;
}

function described(objects: PythonObjects, entries: ReturnType<PythonObjects["entries"]>): unknown[] {
  return entries.map(({ key, value }) => [objects.text(key), numberOrText(objects, value)]);
}

/** The order of attributes is that of the class. */
function sorted(entries: readonly unknown[]): readonly string[] {
  return entries.map((entry) => JSON.stringify(entry)).sort();
}

for (const { path, version } of installedPythons()) {
  const [major, minor] = version;
  if (major !== 3 || minor < 8 || minor > 14) continue;
  Deno.test({
    name: `createPythonObjects() reads what Python itself says of its objects, in Python ${
      version.join(".")
    } (${path})`,
    ignore: !isX86Linux,
    fn: () =>
      withPythonProgram(path, ["known_objects.py"], ({ pid, line }) => {
        const own = JSON.parse(line) as OwnReport;
        const memory = openRemoteMemory(host.files, pid);
        assert(memory !== undefined);
        try {
          const python = locatePython(
            memory,
            host.files.readText(`/proc/${pid}/maps`)!,
            host.files.readLink(`/proc/${pid}/exe`),
          );
          assert(python.kind === "located");
          const objects = createPythonObjects({ memory, python });
          assert(objects !== undefined);
          for (const [address, type, value, items] of own.things) {
            assertEquals(objects.typeName(address)?.split(".").at(-1), type);
            assertEquals<unknown>(numberOrText(objects, address), value);
            assertEquals<unknown>(objects.items(address).map((item) => numberOrText(objects, item)), items);
          }
          for (const [address, module, type, attributes] of own.instances) {
            assertEquals(objects.fullTypeName(address), module === "__main__" ? type : `${module}.${type}`);
            assertEquals<unknown>(
              sorted(described(objects, objects.attributes(address))),
              sorted(attributes),
            );
          }
          for (const [address, entries] of own.dictionaries) {
            assertEquals<unknown>(described(objects, objects.entries(address)), entries);
          }
          const keys = objects.entries(own.numbered).map(({ key }) => numberOrText(objects, key));
          assertEquals<unknown>(keys, [1, "two"]);
          assertEquals(objects.text(objects.attribute(own.joint, "partner")!), "Eve");
          assertEquals(objects.text(objects.typeAttribute(own.joint, "kind")!), "savings");
          assertEquals(objects.typeAttribute(own.joint, "absent"), undefined);
        } finally {
          memory.close();
        }
      }),
  });
}
