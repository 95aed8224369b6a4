import type { Opening } from './kind.ts';

/** A resource's one policy; none when the service leaves it out or empty. */
export function opening(text: string | undefined): Opening | undefined {
  return text ? { policies: [{ name: 'policy', text }] } : undefined;
}
