import type { SuiteTest } from "./suite_options.ts";
import type { LoadWarmSuiteOptions } from "./warm_suite.ts";

/** Which modules are loaded before the turn of each test. */
export class PreloadChoice {
  readonly #options: LoadWarmSuiteOptions;

  private constructor(options: LoadWarmSuiteOptions) {
    this.#options = options;
  }

  static async of(options: LoadWarmSuiteOptions): Promise<PreloadChoice> {
    return new PreloadChoice(options);
  }

  of(test: SuiteTest): readonly string[] {
    return (test.preloads ?? this.#options.prespawn?.preloads ?? []).filter((name) => name !== "auto");
  }
}
