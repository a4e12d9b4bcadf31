/** Sets COUNT timers, STEP_MS apart, the first after FIRST_MS, and prints as JSON how late they were: `timer_lateness.ts FIRST_MS STEP_MS COUNT`. */
const [firstMs, stepMs, count] = Deno.args.map(Number) as [number, number, number];
const startMs = performance.now();
const lateMs = await Promise.all(Array.from({ length: count }, (_, index) => {
  const delayMs = firstMs + index * stepMs;
  return new Promise<number>((resolve) =>
    setTimeout(() => resolve(performance.now() - startMs - delayMs), delayMs)
  );
}));
console.log(JSON.stringify(lateMs));
