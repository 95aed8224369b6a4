let looks = 0;

/** Says that a decision depends on how names are spelt, beyond which of them are the same. */
export function lookAtSpelling(): void {
  looks += 1;
}

/** How often that was said. */
export const looksAtSpelling = (): number => looks;
