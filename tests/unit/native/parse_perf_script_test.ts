import { parsePerfScript } from "../../../src/hooks/collectors/native/parse_perf_script.ts";
import { assertEquals } from "../../support/assert.ts";

/** Recorded with perf 6.1. */
const RECORDED = `burn 1/2 x 26057/26059 
\t            116b app::W<long>::work (/tmp/ns/x b)
\tffffffff810000b0 asm_sysvec_apic_timer_interrupt ([kernel.kallsyms])
\t            1060 main+0x12 (/tmp/ns/x b)
\t    7f0000001234 [unknown] ([unknown])

idle 3/4 

burn 26057/26057  
\t            1157 inner (/tmp/ns/burn2)

`;

Deno.test("parsePerfScript() reads one stack for each sample, without the kernel's frames", () => {
  assertEquals<unknown>(parsePerfScript(RECORDED), [
    {
      pid: 26057,
      tid: 26059,
      language: "native",
      frames: [
        { function: "app::W<long>::work", module: "/tmp/ns/x b", moduleOffset: 0x116b },
        { function: "main", module: "/tmp/ns/x b", moduleOffset: 0x1060 },
        { function: undefined, module: undefined, moduleOffset: 0x7f0000001234 },
      ],
    },
    {
      pid: 26057,
      tid: 26057,
      language: "native",
      frames: [{ function: "inner", module: "/tmp/ns/burn2", moduleOffset: 0x1157 }],
    },
  ]);
});
