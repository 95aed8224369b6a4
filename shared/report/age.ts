const dayMs = 86_400_000;

/** Since when something has been so at a time: `2026-01-01, 12 days`. */
export function ageText(since: string, at: string): string {
  const days = Math.floor((Date.parse(at) - Date.parse(since)) / dayMs);
  const day = since.slice(0, 10);
  return days < 1 ? day : `${day}, ${days} ${days === 1 ? 'day' : 'days'}`;
}
