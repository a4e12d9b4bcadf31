/** A program with ten runners that wait, for a test that kills it: prints `driver=PID` once they are ready. */
import { WarmPools } from "../../src/prespawn/warm_pools.ts";
import { host } from "../../src/runtime/host.ts";
import { shellRunner } from "./shell_runner.ts";

const [directory, script, mark] = Deno.args as [string, string, string];
const start = await shellRunner(directory, script);
const marked = { ...start, env: { ...start.env, PREKILL_ID: mark } };
const pools = new WarmPools({ directory, size: 10, runningCount: () => 0 }, host);
pools.expect(Array.from({ length: 10 }, () => marked));
const readyCount = (): number => host.files.list(directory)!.filter((name) => name.endsWith(".ready")).length;
while (readyCount() < 10) await new Promise((resolve) => setTimeout(resolve, 5));
console.log(`driver=${Deno.pid}`);
await new Promise((resolve) => setTimeout(resolve, 60_000));
