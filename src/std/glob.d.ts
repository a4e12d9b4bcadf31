export function globToRegExp(glob: string, options?: { extended?: boolean; globstar?: boolean }): RegExp;
