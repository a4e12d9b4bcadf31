/** Positions in the table of 3.13 and what 3.13.0 has there, with the sizes of the structures. */
export const OFFSETS_3_13: readonly (readonly [position: number, value: number])[] = [
  ...[[40, 632], [48, 500_000], [56, 7272], [64, 7264], [72, 7344], [88, 7656], [112, 16]] as const,
  ...[[120, 7752], [136, 7768], [144, 7760], [152, 320], [168, 8], [176, 16], [184, 72], [192, 152]] as const,
  ...[[200, 160], [208, 232], [224, 80], [232, 8], [240, 0], [248, 56], [256, 72], [264, 70]] as const,
  ...[[272, 208], [280, 112], [288, 120], [296, 128], [304, 136], [312, 68], [344, 200]] as const,
  ...[[512, 40], [520, 16], [528, 32], [536, 64], [544, 32], [552, 16], [560, 40]] as const,
];

/** Positions in the table of 3.14 and what 3.14.10 has there. */
export const OFFSETS_3_14: readonly (readonly [position: number, value: number])[] = [
  ...[[40, 808], [48, 225_864], [64, 7272], [72, 7344], [96, 7688], [120, 16], [128, 7784]] as const,
  ...[[144, 7800], [152, 7792], [176, 832], [192, 8], [200, 16], [208, 72], [216, 152]] as const,
  ...[[224, 160], [232, 232], [248, 88], [256, 8], [264, 0], [272, 56], [280, 80], [288, 74]] as const,
  ...[[312, 216], [320, 112], [336, 128], [344, 136], [352, 68], [384, 208], [408, 8]] as const,
  ...[[592, 40], [600, 16], [608, 32], [616, 64], [624, 32], [632, 16], [640, 40]] as const,
];

/** The same of a build of 3.14.4 without interpreter lock. */
export const OFFSETS_3_14_FREE_THREADED: readonly (readonly [position: number, value: number])[] = [
  ...[[40, 808], [48, 246_720], [64, 7272], [72, 7344], [96, 7712], [120, 16], [128, 7808]] as const,
  ...[[144, 7832], [152, 7824], [176, 832], [192, 8], [200, 16], [208, 72], [216, 152]] as const,
  ...[[224, 160], [232, 232], [248, 88], [256, 8], [264, 0], [272, 56], [280, 80], [288, 78], [
    304,
    72,
  ]] as const,
  ...[[312, 240], [320, 128], [336, 144], [344, 152], [352, 84], [384, 232], [392, 224], [408, 24]] as const,
  ...[[592, 56], [600, 32], [608, 48], [616, 80], [624, 48], [632, 32], [640, 56]] as const,
];

/**
 * The table of offsets that starts the runtime from 3.13 on.
 *
 * @param hexVersion such as 0x030e02f0 for 3.14.2
 * @param offsets what stands where in it
 * @param isFreeThreaded whether the build says that it has no interpreter lock
 */
export function fakeDebugOffsets(
  hexVersion: number,
  offsets: readonly (readonly [position: number, value: number])[],
  isFreeThreaded = false,
): Uint8Array {
  const view = new DataView(new ArrayBuffer(1024));
  const bytes = new Uint8Array(view.buffer);
  bytes.set(new TextEncoder().encode("xdebugpy"));
  for (const [position, value] of [[8, hexVersion], [16, isFreeThreaded ? 1 : 0], ...offsets] as const) {
    view.setBigUint64(position, BigInt(value), true);
  }
  return bytes;
}
