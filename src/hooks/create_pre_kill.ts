import { host } from "../runtime/host.ts";
import type { CollectOptions } from "./collectors/collect_options.ts";
import { diagnose } from "./diagnosis/diagnose.ts";
import type { Facts } from "./facts.ts";
import type { DoPreKill } from "./hook.ts";
import { renderSample } from "./sample/render_sample.ts";
import { toSampleDocument } from "./sample/to_document.ts";

/**
 * Makes a built-in hook of a way to collect facts: facts, diagnosis, document, text.
 *
 * @param collect looks at a tree
 * @returns the hook
 */
export function createPreKill(collect: (options: CollectOptions) => Promise<Facts>): DoPreKill {
  return async (processId, context, output) => {
    const facts = await collect({
      runtime: host,
      rootPid: processId,
      // Only a leader's pid can be the number of a session.
      ownsSession: true,
      rootCommand: context.isPrespawned ? context.command : undefined,
      cookie: context.cookie,
      seen: context.seen,
      outputPipes: context.outputPipes,
      sampleTimeMs: context.sampleTimeMs,
      signal: context.signal,
      willBeKilled: context.reason !== "manual" && context.reason !== "slow",
      readOutput: context.readOutput,
      environment: context.sampleEnvironment,
    });
    const document = toSampleDocument(facts, diagnose(facts), context);
    output.setDocument(document);
    output.write(renderSample(document));
  };
}
