import { test } from "vitest";

// Vitest's own limit for a test does not end this: its clock does not tick while a test computes.
test("finds the end", () => {
  let isFound = false;
  const look = () => {
    isFound = false;
  };
  while (!isFound) look();
});
