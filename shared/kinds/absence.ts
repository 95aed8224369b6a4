/** The answer, or undefined when the service fails with one of these error names, by which it says "there is none". */
export async function unlessAbsent<Answer>(
  absent: readonly string[],
  answer: Promise<Answer>,
): Promise<Answer | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && absent.includes(error.name)) return undefined;
    throw error;
  }
}
